/** Pictures whose mean was removed: drawn around mid grey. */
import type { Pixels } from './paint.ts';

/** RGB around 0, [S, S, 3], times `contrast`; 0 is mid grey, and what is beyond black and white is clipped. */
export const paintSigned = (values: Float32Array, contrast: number): Pixels => {
  const pixels = new Uint8ClampedArray((values.length / 3) * 4);
  for (let from = 0, to = 0; from < values.length; from += 3, to += 4) {
    pixels[to] = 127.5 + 255 * contrast * values[from];
    pixels[to + 1] = 127.5 + 255 * contrast * values[from + 1];
    pixels[to + 2] = 127.5 + 255 * contrast * values[from + 2];
    pixels[to + 3] = 255;
  }
  return pixels;
};
