/** A map over frequencies as a curve over the radius: the mean of each ring of one frequency's width. */
import { frequencyRadii } from './frequency-weight.ts';

/**
 * Mean over the rings round(sqrt(u^2 + v^2)) = 0, 1, 2, ...; the last ring is that of the corner.
 * @param values [side, side] row-major, unshifted
 */
export const radialMean = (values: ArrayLike<number>, side: number): Float64Array => {
  const rings = frequencyRadii(side, side).map(Math.round);
  const count = Math.round(Math.hypot(side / 2, side / 2)) + 1;
  const sums = new Float64Array(count);
  const sizes = new Float64Array(count);
  rings.forEach((ring, at) => {
    sums[ring] += values[at];
    sizes[ring]++;
  });
  return sums.map((sum, ring) => sum / sizes[ring]);
};
