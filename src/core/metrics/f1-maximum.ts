/** The largest F1 score that a threshold reaches, and that threshold. */
import { operatingPoints, type UndefinedMetric } from './operating-points.ts';

/** F1-max with its threshold: images that score at least that much are called anomalous. */
export type F1Maximum =
  | { readonly defined: true; readonly value: number; readonly threshold: number }
  | UndefinedMetric;

/**
 * F1-max: the largest harmonic mean of precision and recall over all thresholds. The threshold is a score that occurs;
 * where several reach the maximum it is the highest, which calls the fewest images anomalous.
 * It is fitted on the images that it is measured on, so it is an upper bound of what a threshold chosen beforehand gives.
 * @param scores one score an image, any range; higher means more anomalous
 * @param anomalous whether each image is anomalous, in the same order
 * @returns a value in (0, 1]; undefined with its reason if there is no image, one class only, or a score that is not
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
    // 2 / (1 / precision + 1 / recall) as one division of whole numbers: equal values compare as equal.
    const f1 = (2 * truePositives[k]) / (truePositives[k] + falsePositives[k] + positives);
    if (f1 > value) {
      value = f1;
      threshold = thresholds[k];
    }
  }
  return { defined: true, value, threshold };
};
