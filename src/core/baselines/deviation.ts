/** A robust deviation of a number from those of good images. It needs no labels. */
import type { UndefinedMetric } from '../metrics/operating-points.ts';
import { quantileOfSorted } from '../metrics/quantile.ts';

/** Deviations, or the reason that they are undefined. */
export type Deviations = { readonly defined: true; readonly scores: Float64Array } | UndefinedMetric;

const medianOf = (values: ArrayLike<number>): number =>
  quantileOfSorted(Float64Array.from(values).sort(), 0.5);

/**
 * |s - median| / MAD of each value, with the median and the MAD (median absolute deviation from the median, without a factor)
 * of good images.
 * @param values one per test image
 * @param good one per good training image
 * @returns undefined, with the reason, if there are no good images, or if at least half of them are equal
 */
export const deviationsFromGood = (values: ArrayLike<number>, good: ArrayLike<number>): Deviations => {
  if (good.length === 0) return { defined: false, reason: 'There are no good training images.' };
  const median = medianOf(good);
  const spread = medianOf(Float64Array.from(good, (value) => Math.abs(value - median)));
  if (!(spread > 0)) {
    const reason = 'At least half of the good training images share one value, so the spread is 0.';
    return { defined: false, reason };
  }
  return {
    defined: true,
    scores: Float64Array.from(values, (value) => Math.abs(value - median) / spread),
  };
};
