/** A map over frequencies as a curve over the radius: the mean of each ring of one frequency's width. */

/** The signed frequency in [-M/2, M/2) of an index in 0..M-1. */
const signedFrequency = (index: number, count: number): number => (index < count / 2 ? index : index - count);

/**
 * Mean over the rings round(sqrt(u^2 + v^2)) = 0, 1, 2, ...; the last ring is that of the corner.
 * @param values [side, side] row-major, unshifted
 */
export const radialMean = (values: ArrayLike<number>, side: number): Float64Array => {
  const rings = Math.round(Math.hypot(side / 2, side / 2)) + 1;
  const sums = new Float64Array(rings);
  const counts = new Float64Array(rings);
  for (let row = 0, at = 0; row < side; row++) {
    for (let column = 0; column < side; column++, at++) {
      const ring = Math.round(Math.hypot(signedFrequency(row, side), signedFrequency(column, side)));
      sums[ring] += values[at];
      counts[ring]++;
    }
  }
  return sums.map((sum, ring) => sum / counts[ring]);
};
