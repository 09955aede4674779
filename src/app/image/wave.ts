/** The wave of one frequency as a picture to lay over an image. */
import type { Pixels } from './paint.ts';

/** A frequency with the place of its crests. */
export interface Wave {
  /** Signed frequency along the rows and along the columns, in cycles per image. */
  readonly u: number;
  readonly v: number;
  /** In radians: the wave is cos(2 pi (u x + v y) / S + phase), x along the rows. */
  readonly phase: number;
}

/** Opacity at crests and troughs, 0 to 255. */
const most = 150;

/** White crests and black troughs, transparent between them, [side, side]. */
export const paintWave = ({ u, v, phase }: Wave, side: number): Pixels => {
  const pixels = new Uint8ClampedArray(side * side * 4);
  for (let x = 0, at = 0; x < side; x++) {
    for (let y = 0; y < side; y++, at += 4) {
      const value = Math.cos((2 * Math.PI * ((u * x + v * y) % side)) / side + phase);
      const level = value > 0 ? 255 : 0;
      pixels[at] = level;
      pixels[at + 1] = level;
      pixels[at + 2] = level;
      pixels[at + 3] = most * Math.abs(value);
    }
  }
  return pixels;
};
