/** Checks that a drawn weight is above 0 at some frequency of a side. */
import { largestRadius } from '../scores/band.ts';
import { monotoneCurve } from './monotone-curve.ts';
import { parseWeightCurve, smallestCurveTop } from './weight-curve.ts';

/**
 * The fault of a curve at the frequencies of [side, side] images except (0, 0), which `dcWeight` sets; undefined if it has
 * none. The largest value there divides the others, so it must be above 0 in floating point.
 * @param weightCurve a valid curve
 * @returns the end of "The setting weightCurve is ...: "
 */
export const drawnWeightFault = (weightCurve: string, side: number): string | undefined => {
  const valueAt = monotoneCurve(parseWeightCurve(weightCurve));
  const largest = largestRadius(side);
  let most = 0;
  for (let u = 1; u <= side / 2; u++) {
    // The other frequencies have the same radii.
    for (let v = 0; v <= u; v++) most = Math.max(most, valueAt(Math.hypot(u, v) / largest));
    if (most >= smallestCurveTop) return undefined;
  }
  return `the curve has no value above ${most} at the frequencies of ${side} x ${side} pixels, expected at least ${smallestCurveTop} at one of them (draw it wider, or choose a larger side)`;
};
