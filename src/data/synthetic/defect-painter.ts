/** Shared parts of all defects of the sample category. */
import type { Rng } from '#core/rng.ts';
import type { Color } from './color.ts';

/** Paints a defect at (x, y) over the shaded part; returns the fraction of the pixel that it covers, 0 to 1. */
export type DefectPainter = (x: number, y: number, target: Color) => number;

/** A uniform random number between two bounds. */
export const between = (rng: Rng, low: number, high: number): number => low + rng.uniform() * (high - low);

/** The smallest significant change of color: two levels of 8 bits. */
const leastChange = 2 / 255;

/**
 * Paints if `coverage` is above 0.
 * @returns the coverage, or 0 if the paint would hardly change the color: then the pixel is not defective and stays unchanged
 */
export const paintInside = (target: Color, coverage: number, paint: (coverage: number) => void): number => {
  if (coverage === 0) return 0;
  const [red, green, blue] = target;
  paint(coverage);
  const change = Math.max(Math.abs(target[0] - red), Math.abs(target[1] - green), Math.abs(target[2] - blue));
  if (change >= leastChange) return coverage;
  target[0] = red;
  target[1] = green;
  target[2] = blue;
  return 0;
};
