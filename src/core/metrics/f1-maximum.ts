/** The largest F1 score over all thresholds, and its threshold. */
import { operatingPoints, type UndefinedMetric } from './operating-points.ts';

/** F1-max with its threshold: images that score at least this are flagged as anomalous. */
export type F1Maximum =
  | { readonly defined: true; readonly value: number; readonly threshold: number }
  | UndefinedMetric;

/**
 * F1-max: the largest harmonic mean of precision and recall over all thresholds. The threshold equals one of the scores. If
 * several reach the maximum, it is the highest, which flags the fewest images.
 * The threshold is fitted to the images that are evaluated, so no threshold chosen beforehand scores higher.
 * @param scores one score per image, any range; higher means more anomalous
 * @param anomalous whether each image is anomalous, in the same order
 * @returns a value in (0, 1]; undefined, with the reason, without images, for a single class, or for a score that is not
 *   finite
 * @throws RangeError if the two lists differ in length
 */
export const f1Maximum = (scores: ArrayLike<number>, anomalous: readonly boolean[]): F1Maximum => {
  const points = operatingPoints(scores, anomalous);
  if (!points.defined) return points;
  const { positives, thresholds, truePositives, falsePositives } = points;
  let value = 0;
  let threshold = thresholds[0];
  for (let k = 0; k < thresholds.length; k++) {
    // 2 / (1 / precision + 1 / recall) as one division of whole numbers: equal values compare equal.
    const f1 = (2 * truePositives[k]) / (truePositives[k] + falsePositives[k] + positives);
    if (f1 > value) {
      value = f1;
      threshold = thresholds[k];
    }
  }
  return { defined: true, value, threshold };
};
