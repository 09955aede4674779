/** Comparisons of arrays by their largest difference, which a failing test reports. */

/** Largest |actual - expected|; infinite if the lengths differ or a value is not finite. */
export const largestDifference = (actual: ArrayLike<number>, expected: ArrayLike<number>): number => {
  if (actual.length !== expected.length) return Number.POSITIVE_INFINITY;
  let largest = 0;
  for (let index = 0; index < expected.length; index++) {
    const difference = Math.abs(actual[index]! - expected[index]!);
    if (!(difference <= largest)) {
      largest = Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference;
    }
  }
  return largest;
};

/** Largest magnitude. */
export const largestMagnitude = (values: ArrayLike<number>): number => {
  let largest = 0;
  for (let index = 0; index < values.length; index++) largest = Math.max(largest, Math.abs(values[index]!));
  return largest;
};

/** Norm of the deviation divided by that of the expected values; NaN if any value is NaN. */
export const relativeError = (actual: ArrayLike<number>, expected: ArrayLike<number>): number => {
  let error = 0;
  let norm = 0;
  for (let index = 0; index < expected.length; index++) {
    error += (actual[index]! - expected[index]!) ** 2;
    norm += expected[index]! ** 2;
  }
  return Math.sqrt(error / norm);
};
