/** Statistics for a table of timings: medians, geometric means, slopes on log axes. */

/**
 * The middle value, or the mean of the two middle ones if the count is even.
 * @throws RangeError if there is no value
 */
export const median = (values: readonly number[]): number => {
  if (values.length === 0) throw new RangeError('A median needs at least one value.');
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[sorted.length >> 1]!;
  return sorted.length % 2 === 1 ? upper : (sorted[sorted.length / 2 - 1]! + upper) / 2;
};

/**
 * The geometric mean of positive values: the fair mean of ratios, because large ratios and small ones count equally.
 * @throws RangeError if there is no value, or one is not positive
 */
export const geometricMean = (values: readonly number[]): number => {
  if (values.length === 0) throw new RangeError('A geometric mean needs at least one value.');
  const bad = values.find((value) => !(value > 0));
  if (bad !== undefined) throw new RangeError(`A geometric mean needs positive values, got ${bad}.`);
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
};

/** A point of a curve whose axes are both logarithmic. */
export interface CurvePoint {
  readonly x: number;
  readonly y: number;
}

/**
 * The exponent p of the least-squares fit y = c x^p: 1 if y is proportional to x, 2 if to its square.
 * @throws RangeError if all x are equal
 */
export const logLogSlope = (points: readonly CurvePoint[]): number => {
  const logs = points.map(({ x, y }) => [Math.log(x), Math.log(y)] as const);
  const meanOf = (axis: 0 | 1): number => logs.reduce((sum, log) => sum + log[axis], 0) / logs.length;
  const [meanX, meanY] = [meanOf(0), meanOf(1)];
  const covariance = logs.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
  const variance = logs.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  if (!(variance > 0)) throw new RangeError('A slope needs two different x.');
  return covariance / variance;
};
