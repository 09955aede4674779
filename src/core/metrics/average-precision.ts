/** Image-level average precision. */
import type { Metric } from '../history.ts';
import { operatingPoints } from './operating-points.ts';

/**
 * Average precision of anomaly scores, the sum over distinct scores, from the highest down, of
 * (recall - recall before) * precision: scikit-learn's `average_precision_score`, which calls images of one score together
 * and draws the precision-recall curve in steps, without the optimism of straight lines between its points.
 * @param scores one score an image, any range; higher means more anomalous
 * @param anomalous whether each image is anomalous, in the same order
 * @returns a value in (0, 1]; undefined with its reason if there is no image, one class only, or a score that is not
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
