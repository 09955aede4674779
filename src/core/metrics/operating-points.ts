/** Counts of hits and false alarms at every distinct threshold: the basis of all image metrics. */
import type { Metric } from '../history.ts';

/** A metric without a value, and the reason. */
export type UndefinedMetric = Extract<Metric, { readonly defined: false }>;

/**
 * One entry per distinct score, from the highest down. Entry k flags every image that scores at least `thresholds[k]`, so
 * images with equal scores are flagged together, in any order.
 */
export interface OperatingPoints {
  readonly defined: true;
  /** Anomalous images, at least 1. */
  readonly positives: number;
  /** Normal images, at least 1. */
  readonly negatives: number;
  /** Distinct scores, descending. */
  readonly thresholds: Float64Array;
  /** Anomalous images that score at least the threshold. */
  readonly truePositives: Uint32Array;
  /** Normal images that score at least the threshold. */
  readonly falsePositives: Uint32Array;
}

/** Why these scores have no metric; undefined if they have one. */
const whyUndefined = (scores: ArrayLike<number>, positives: number): string | undefined => {
  const count = scores.length;
  if (count === 0) return 'There are no images to score.';
  const unusable = Array.from(scores).findIndex((score) => !Number.isFinite(score));
  if (unusable >= 0) return `The score of image ${unusable + 1} of ${count} is ${scores[unusable]}.`;
  if (positives === 0) return 'All images are normal; anomalous ones are needed too.';
  if (positives === count) return 'All images are anomalous; normal ones are needed too.';
  return undefined;
};

/**
 * Computes the operating points of anomaly scores.
 * @param scores one score per image, any range; higher means more anomalous
 * @param anomalous whether each image is anomalous, in the same order
 * @returns undefined, with the reason, without images, for a single class, or for a score that is not finite
 * @throws RangeError if the two lists differ in length
 */
export const operatingPoints = (
  scores: ArrayLike<number>,
  anomalous: readonly boolean[],
): OperatingPoints | UndefinedMetric => {
  const count = scores.length;
  if (count !== anomalous.length) {
    throw new RangeError(
      `A metric needs one label per score, got ${count} scores and ${anomalous.length} labels.`,
    );
  }
  const positives = anomalous.filter(Boolean).length;
  const reason = whyUndefined(scores, positives);
  if (reason !== undefined) return { defined: false, reason };

  const descending = Array.from({ length: count }, (_, index) => index).sort((a, b) => scores[b] - scores[a]);
  const thresholds: number[] = [];
  const truePositives: number[] = [];
  const falsePositives: number[] = [];
  let hits = 0;
  descending.forEach((image, rank) => {
    if (anomalous[image]) hits++;
    if (rank + 1 < count && scores[descending[rank + 1]] === scores[image]) return;
    thresholds.push(scores[image]);
    truePositives.push(hits);
    falsePositives.push(rank + 1 - hits);
  });
  return {
    defined: true,
    positives,
    negatives: count - positives,
    thresholds: Float64Array.from(thresholds),
    truePositives: Uint32Array.from(truePositives),
    falsePositives: Uint32Array.from(falsePositives),
  };
};
