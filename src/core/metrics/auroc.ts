/** Image-level area under the receiver operating characteristic. */
import type { Metric } from '../history.ts';
import { operatingPoints } from './operating-points.ts';

/**
 * AUROC of anomaly scores: the probability that an anomalous image scores higher than a normal one, with ties counted as
 * 1/2 (Mann-Whitney U over the product of the class sizes). Values below 0.5 are never flipped.
 * @param scores one score per image, any range; higher means more anomalous
 * @param anomalous whether each image is anomalous, in the same order
 * @returns a value in [0, 1]; undefined, with the reason, without images, for a single class, or for a score that is
 *   not finite
 * @throws RangeError if the two lists differ in length
 */
export const imageAuroc = (scores: ArrayLike<number>, anomalous: readonly boolean[]): Metric => {
  const points = operatingPoints(scores, anomalous);
  if (!points.defined) return points;
  const { positives, negatives, truePositives, falsePositives } = points;
  // Twice the number of pairs won: whole numbers, so the sum is exact.
  let doubledWins = 0;
  for (let k = 0, hits = 0, falseAlarms = 0; k < truePositives.length; k++) {
    const tiedNegatives = falsePositives[k] - falseAlarms;
    doubledWins += (truePositives[k] - hits) * (2 * (negatives - falsePositives[k]) + tiedNegatives);
    hits = truePositives[k];
    falseAlarms = falsePositives[k];
  }
  return { defined: true, value: doubledWins / (2 * positives * negatives) };
};
