/** Counts of hits and false alarms at every threshold that separates images: what all image metrics are made of. */
import type { Metric } from '../history.ts';

/** A metric that has no value, and why. */
export type UndefinedMetric = Extract<Metric, { readonly defined: false }>;

/**
 * One entry a distinct score, from the highest down. At entry k every image that scores at least `thresholds[k]` is
 * called anomalous; images of one score are called together, whatever their order.
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

/** Why no metric can be had of these scores, or undefined if one can. */
const whyUndefined = (scores: ArrayLike<number>, positives: number): string | undefined => {
  const count = scores.length;
  if (count === 0) return 'There are no images to score.';
  const unusable = Array.from(scores).findIndex((score) => !Number.isFinite(score));
  if (unusable >= 0) return `The score of image ${unusable + 1} of ${count} is ${scores[unusable]}.`;
  if (positives === 0) return 'All images are normal: anomalous ones are needed too.';
  if (positives === count) return 'All images are anomalous: normal ones are needed too.';
  return undefined;
};

/**
 * The operating points of anomaly scores.
 * @param scores one score an image, any range; higher means more anomalous
 * @param anomalous whether each image is anomalous, in the same order
 * @returns undefined with its reason if there is no image, one class only, or a score that is not finite
 * @throws RangeError if the two lists differ in length
 */
export const operatingPoints = (
  scores: ArrayLike<number>,
  anomalous: readonly boolean[],
): OperatingPoints | UndefinedMetric => {
  const count = scores.length;
  if (count !== anomalous.length) {
    throw new RangeError(
      `A metric needs one label a score, got ${count} scores and ${anomalous.length} labels.`,
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
