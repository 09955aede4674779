/** Image-level area under the receiver operating characteristic. */
import type { Metric } from '../history.ts';

/**
 * AUROC of anomaly scores: the probability that an anomalous image scores higher than a normal one, ties counted as
 * 1/2 (Mann-Whitney U over the product of the class sizes, from mid-ranks). A value below 0.5 is reported as it is,
 * never flipped.
 * @param scores one score an image, any range; higher means more anomalous
 * @param anomalous whether each image is anomalous, in the same order
 * @returns a value in [0, 1]; undefined with its reason where there is no image, one class only, or a score that is
 *   not finite
 * @throws RangeError where the two lists differ in length
 */
export const imageAuroc = (scores: ArrayLike<number>, anomalous: readonly boolean[]): Metric => {
  const count = scores.length;
  if (count !== anomalous.length) {
    throw new RangeError(
      `AUROC needs one label a score, got ${count} scores and ${anomalous.length} labels.`,
    );
  }
  const positives = anomalous.filter(Boolean).length;
  const negatives = count - positives;
  const unusable = Array.from(scores).findIndex((score) => !Number.isFinite(score));
  if (count === 0) return { defined: false, reason: 'There are no images to score.' };
  if (unusable >= 0) {
    return {
      defined: false,
      reason: `The score of image ${unusable + 1} of ${count} is ${scores[unusable]}.`,
    };
  }
  if (positives === 0)
    return { defined: false, reason: 'All images are normal: AUROC needs anomalous ones too.' };
  if (negatives === 0)
    return { defined: false, reason: 'All images are anomalous: AUROC needs normal ones too.' };

  const ascending = Array.from({ length: count }, (_, index) => index).sort((a, b) => scores[a] - scores[b]);
  // Twice the sum of the anomalous images' mid-ranks: whole numbers, so the sum is exact.
  let doubledRankSum = 0;
  for (let first = 0; first < count; ) {
    let end = first + 1;
    let tiedPositives = anomalous[ascending[first]] ? 1 : 0;
    for (; end < count && scores[ascending[end]] === scores[ascending[first]]; end++) {
      if (anomalous[ascending[end]]) tiedPositives++;
    }
    doubledRankSum += tiedPositives * (first + 1 + end);
    first = end;
  }
  const doubledWins = doubledRankSum - positives * (positives + 1);
  return { defined: true, value: doubledWins / (2 * positives * negatives) };
};
