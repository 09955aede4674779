/** Image-level average precision. */
import type { Metric } from '../history.ts';
import { operatingPoints } from './operating-points.ts';

/**
 * Average precision of anomaly scores: the sum of (recall - previous recall) * precision over distinct scores, from the
 * highest down. It equals scikit-learn's `average_precision_score`, which takes images with equal scores together and draws
 * the precision-recall curve in steps, without the optimism of straight lines between its points.
 * @param scores one score per image, any range; higher means more anomalous
 * @param anomalous whether each image is anomalous, in the same order
 * @returns a value in (0, 1]; undefined, with the reason, without images, for a single class, or for a score that is not
 *   finite
 * @throws RangeError if the two lists differ in length
 */
export const averagePrecision = (scores: ArrayLike<number>, anomalous: readonly boolean[]): Metric => {
  const points = operatingPoints(scores, anomalous);
  if (!points.defined) return points;
  const { positives, truePositives, falsePositives } = points;
  let value = 0;
  for (let k = 0, hits = 0; k < truePositives.length; k++) {
    const precision = truePositives[k] / (truePositives[k] + falsePositives[k]);
    value += ((truePositives[k] - hits) / positives) * precision;
    hits = truePositives[k];
  }
  return { defined: true, value: Math.min(1, value) };
};
