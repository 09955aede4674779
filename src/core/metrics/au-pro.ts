/** Area under the per-region overlap curve up to a false positive rate (Bergmann et al., IJCV 2021, section 5). */
import type { Metric } from '../history.ts';
import type { UndefinedMetric } from './operating-points.ts';
import type { PixelOperatingPoints } from './pixel-operating-points.ts';

/** False positive rate up to which the curve is integrated, as in the benchmark. */
export const falsePositiveLimit = 0.3;

/**
 * AU-PRO: per-region overlap is the mean over connected defect regions of the share of their pixels that a threshold finds, so
 * that small defects count as much as large ones. Its curve against the false positive rate of all normal pixels, those of
 * anomalous images too, is integrated by trapezoids from 0 to the limit, interpolated linearly where the limit falls between
 * two points, and divided by the limit. As in MVTec's evaluation code, pixels of one score are found together.
 * @param limit false positive rate, above 0 and at most 1
 * @returns a value in [0, 1]: a map of random scores has limit / 2; the reason of undefined points
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
  // In units of pixels and regions, so that nothing is divided before the end.
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
