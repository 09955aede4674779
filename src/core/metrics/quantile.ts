/** Quantiles of a sample. */

/**
 * Returns the quantile of a sample by linear interpolation between order statistics (numpy's default, Hyndman and Fan's type 7).
 * @param ascending values in ascending order, at least one
 * @param share 0 (the smallest value) to 1 (the largest)
 * @throws RangeError if the sample is empty or the share is not in [0, 1]
 */
export const quantileOfSorted = (ascending: ArrayLike<number>, share: number): number => {
  if (ascending.length === 0) throw new RangeError('An empty sample has no quantile.');
  if (!(share >= 0 && share <= 1)) throw new RangeError(`A quantile must be in [0, 1], got ${share}.`);
  const position = share * (ascending.length - 1);
  const below = Math.floor(position);
  const above = Math.min(below + 1, ascending.length - 1);
  return ascending[below] + (position - below) * (ascending[above] - ascending[below]);
};
