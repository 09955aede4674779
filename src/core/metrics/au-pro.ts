/** Area under the per-region overlap curve up to a false positive rate (Bergmann et al., IJCV 2021, section 5). */
import type { Metric } from '../history.ts';
import type { UndefinedMetric } from './operating-points.ts';
import type { PixelOperatingPoints } from './pixel-operating-points.ts';

/** False positive rate up to which the curve is integrated, as in the benchmark. */
export const falsePositiveLimit = 0.3;

/**
 * AU-PRO. Per-region overlap is the fraction of a connected defect region's pixels that a threshold finds, averaged over all
 * regions: small defects count as much as large ones. Its curve against the false positive rate of all normal pixels, also
 * those of anomalous images, is integrated by trapezoids from 0 to the limit and divided by the limit. Between two points the
 * curve is interpolated linearly. As in MVTec's evaluation code, pixels with equal scores are found together.
 * @param limit false positive rate, above 0 and at most 1
 * @returns a value in [0, 1], limit / 2 for random scores; the reason of undefined points
 * @throws RangeError if the limit is not in (0, 1]
 */
export const auPro = (
  points: PixelOperatingPoints | UndefinedMetric,
  limit: number = falsePositiveLimit,
): Metric => {
  if (!(limit > 0 && limit <= 1)) {
    throw new RangeError(`The false positive limit must be above 0 and at most 1, got ${limit}.`);
  }
  if (!points.defined) return points;
  const { normalPixels, regions, normalsAbove, normalsTied, overlapGained } = points;
  const limitPixels = limit * normalPixels;
  // In units of pixels and regions, to divide only at the end.
  let area = 0;
  let overlap = 0;
  let falsePositives = 0;
  for (let k = 0; k < overlapGained.length && normalsAbove[k] < limitPixels; k++) {
    area += overlap * (normalsAbove[k] - falsePositives);
    const width = Math.min(normalsTied[k], limitPixels - normalsAbove[k]);
    if (normalsTied[k] > 0) {
      area += width * (overlap + (overlapGained[k] * width) / (2 * normalsTied[k]));
    }
    overlap += overlapGained[k];
    falsePositives = normalsAbove[k] + width;
  }
  area += overlap * (limitPixels - falsePositives);
  return { defined: true, value: Math.min(1, area / (limitPixels * regions)) };
};
