/** A small image set for tests: smooth discs in noise; anomalous images have a bright square. */
import type { ImageSet, SampleInfo } from '#core/dataset.ts';
import { createRng } from '#core/rng.ts';

/**
 * @param side side S in pixels
 * @param train number of training images
 * @param test number of test images; every second one is anomalous and has a mask
 */
export const tinyImages = (side: number, train: number, test: number): ImageSet => {
  const rng = createRng(11, 'tiny-images');
  const area = side * side;
  const samples: SampleInfo[] = [];
  const pixels = new Uint8Array((train + test) * area * 3);
  const masks: number[] = [];
  for (let index = 0; index < train + test; index++) {
    const isTrain = index < train;
    const anomalous = !isTrain && (index - train) % 2 === 1;
    const defectType = anomalous ? 'square' : 'good';
    const split = isTrain ? 'train' : 'test';
    samples.push({
      path: `${split}/${defectType}/${String(index).padStart(3, '0')}.png`,
      split,
      defectType,
      anomalous,
      hasMask: anomalous,
      width: side,
      height: side,
    });
    const radius = side * (0.3 + 0.02 * rng.uniform());
    for (let pixel = 0; pixel < area; pixel++) {
      const x = pixel % side;
      const y = (pixel - x) / side;
      const inDisc = Math.hypot(x - side / 2, y - side / 2) < radius;
      const inSquare = anomalous && x < side / 4 && y < side / 4;
      if (anomalous) masks.push(inSquare ? 1 : 0);
      for (let channel = 0; channel < 3; channel++) {
        const base = inSquare ? 250 : inDisc ? 60 + 40 * channel : 170 - 20 * channel;
        pixels[(index * area + pixel) * 3 + channel] = Math.min(255, base + Math.round(6 * rng.uniform()));
      }
    }
  }
  return { name: 'tiny', side, fit: 'squeeze', samples, pixels, masks: Uint8Array.from(masks) };
};
