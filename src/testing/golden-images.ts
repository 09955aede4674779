/** The images of `golden/baselines_golden.py`, from the same hashes. */
import type { ImageSet, SampleInfo } from '#core/dataset.ts';
import { hashValues } from './hash-values.ts';

/**
 * @param index indices from `good` on are test images, and those with an odd index have a bright patch
 * @param side S in pixels
 * @param good number of good training images
 * @returns RGB bytes, [S, S, 3]
 */
export const goldenImage = (index: number, side: number, good: number): Uint8Array =>
  Uint8Array.from(hashValues(side * side * 3, 900 + index, 0, 24), (noise, i) => {
    const channel = i % 3;
    const column = ((i - channel) / 3) % side;
    const row = Math.floor(i / (3 * side));
    const patch = index >= good && index % 2 === 1 && column >= 9 && row < 4 ? 30 : 0;
    return Math.floor(60 + 5 * (index % 4) + 12 * ((column + index) % 8) + 10 * channel + noise + patch);
  });

/** All images behind the golden numbers as one category; every second test image is anomalous. */
export const goldenImageSet = (side: number, good: number, test: number): ImageSet => {
  const length = side * side * 3;
  const pixels = new Uint8Array((good + test) * length);
  const samples = Array.from({ length: good + test }, (_, index): SampleInfo => {
    pixels.set(goldenImage(index, side, good), index * length);
    const split = index < good ? 'train' : 'test';
    const anomalous = index >= good && index % 2 === 1;
    const defectType = anomalous ? 'patch' : 'good';
    const path = `${split}/${defectType}/${index}.png`;
    return { path, split, defectType, anomalous, hasMask: false, width: side, height: side };
  });
  return { name: 'golden', side, fit: 'squeeze', samples, pixels, masks: new Uint8Array(0) };
};
