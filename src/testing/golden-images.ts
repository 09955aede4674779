/** The images of `golden/baselines_golden.py`, made of the same hashes. */
import { hashValues } from './hash-values.ts';

/**
 * @param index images from `good` on are test images, of which the odd ones have a bright patch
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
