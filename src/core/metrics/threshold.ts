/** Decisions at a threshold: the confusion counts, the rates that follow, and policies that choose the threshold. */
import type { Metric } from '../history.ts';
import { f1Maximum } from './f1-maximum.ts';
import type { UndefinedMetric } from './operating-points.ts';
import { quantileOfSorted } from './quantile.ts';

/** Images by what they are and what they are called. An image is called anomalous where its score is at least the threshold. */
export interface Confusion {
  /** Anomalous and called so. */
  readonly truePositives: number;
  /** Anomalous and called normal: misses. */
  readonly falseNegatives: number;
  /** Normal and called anomalous: false alarms. */
  readonly falsePositives: number;
  /** Normal and called so. */
  readonly trueNegatives: number;
}

/**
 * The confusion counts at a threshold.
 * @param scores one score an image; higher means more anomalous
 * @param anomalous whether each image is anomalous, in the same order
 * @param threshold any number, infinities too: at +Infinity no image is called anomalous, at -Infinity every one
 * @throws RangeError if the lists differ in length, or a score or the threshold is NaN, which is on neither side
 */
export const confusionAt = (
  scores: ArrayLike<number>,
  anomalous: readonly boolean[],
  threshold: number,
): Confusion => {
  if (scores.length !== anomalous.length) {
    throw new RangeError(
      `Confusion counts need one label a score, got ${scores.length} scores and ${anomalous.length} labels.`,
    );
  }
  if (Number.isNaN(threshold)) throw new RangeError('The threshold is NaN: give a number.');
  const counts = { truePositives: 0, falseNegatives: 0, falsePositives: 0, trueNegatives: 0 };
  anomalous.forEach((isAnomalous, image) => {
    if (Number.isNaN(scores[image])) {
      throw new RangeError(`The score of image ${image + 1} of ${scores.length} is NaN.`);
    }
    if (scores[image] >= threshold) counts[isAnomalous ? 'truePositives' : 'falsePositives']++;
    else counts[isAnomalous ? 'falseNegatives' : 'trueNegatives']++;
  });
  return counts;
};

/** Rates of a confusion table, each in [0, 1], undefined if it would be a share of no images. */
export interface ConfusionRates {
  /** Share of the images called anomalous that are. */
  readonly precision: Metric;
  /** Share of the anomalous images that are called so: the true positive rate. */
  readonly recall: Metric;
  /** Share of the normal images that are called anomalous. */
  readonly falsePositiveRate: Metric;
  /** Harmonic mean of precision and recall. */
  readonly f1: Metric;
  /** Share of all images that are called what they are. */
  readonly accuracy: Metric;
}

const share = (part: number, whole: number, reason: string): Metric =>
  whole > 0 ? { defined: true, value: part / whole } : { defined: false, reason };

/** The rates of a confusion table. */
export const confusionRates = (confusion: Confusion): ConfusionRates => {
  const { truePositives, falseNegatives, falsePositives, trueNegatives } = confusion;
  const positives = truePositives + falseNegatives;
  const called = truePositives + falsePositives;
  const count = positives + falsePositives + trueNegatives;
  return {
    precision: share(truePositives, called, 'No image is called anomalous at this threshold.'),
    recall: share(truePositives, positives, 'There are no anomalous images.'),
    falsePositiveRate: share(falsePositives, count - positives, 'There are no normal images.'),
    f1:
      positives > 0
        ? share(2 * truePositives, called + positives, 'There are no images.')
        : { defined: false, reason: 'There are no anomalous images.' },
    accuracy: share(truePositives + trueNegatives, count, 'There are no images.'),
  };
};

/** How a threshold is chosen. */
export type ThresholdPolicy =
  | { readonly kind: 'manual'; readonly threshold: number }
  /** The threshold of F1-max: the best that this test set allows, since it is fitted on it. */
  | { readonly kind: 'f1-maximum' }
  /** A quantile, 0 to 1, of the scores of good images outside the test set: needs no anomalous image. */
  | { readonly kind: 'good-quantile'; readonly quantile: number };

/** Images that a threshold may be fitted on; those held out and those trained on are good ones. */
export const fittedOnNames = ['no images', 'test images', 'held-out images', 'training images'] as const;
export type FittedOn = (typeof fittedOnNames)[number];

/** A threshold and the images that it was fitted on, or why there is none. */
export type ChosenThreshold =
  | { readonly defined: true; readonly threshold: number; readonly fittedOn: FittedOn }
  | UndefinedMetric;

/** Scores to which a policy may be fitted. */
export interface ThresholdData {
  readonly testScores: ArrayLike<number>;
  /** Whether each test image is anomalous. */
  readonly testAnomalous: readonly boolean[];
  /** Scores of the held-out images, or of the good training images; empty where they have not been scored. */
  readonly goodTrainingScores: ArrayLike<number>;
  /** Whether these are of held-out images. */
  readonly heldOut: boolean;
}

/**
 * A quantile of the scores of good images as the threshold: at 0.95, about 5 % of such images are false alarms. Since a score
 * at the threshold counts as anomalous, at 1 the highest of the good images is one.
 * @param goodScores one score a good image
 * @param quantile 0 to 1, linearly interpolated between scores
 * @throws RangeError if the quantile is not in [0, 1]
 */
export const goodQuantileThreshold = (goodScores: ArrayLike<number>, quantile: number): Metric => {
  const ascending = Float64Array.from(goodScores).sort();
  if (ascending.length === 0) return { defined: false, reason: 'No good training image has been scored.' };
  const unusable = Array.from(goodScores).findIndex((score) => !Number.isFinite(score));
  if (unusable >= 0) {
    const reason = `The score of training image ${unusable + 1} of ${ascending.length} is ${goodScores[unusable]}.`;
    return { defined: false, reason };
  }
  return { defined: true, value: quantileOfSorted(ascending, quantile) };
};

/**
 * The threshold of a policy.
 * @returns undefined with its reason if the data that the policy is fitted on are missing or of one class
 * @throws RangeError if the quantile is not in [0, 1] or the test lists differ in length
 */
export const chooseThreshold = (policy: ThresholdPolicy, data: ThresholdData): ChosenThreshold => {
  switch (policy.kind) {
    case 'manual':
      return { defined: true, threshold: policy.threshold, fittedOn: 'no images' };
    case 'f1-maximum': {
      const best = f1Maximum(data.testScores, data.testAnomalous);
      return best.defined ? { defined: true, threshold: best.threshold, fittedOn: 'test images' } : best;
    }
    case 'good-quantile': {
      const value = goodQuantileThreshold(data.goodTrainingScores, policy.quantile);
      return value.defined
        ? {
            defined: true,
            threshold: value.value,
            fittedOn: data.heldOut ? 'held-out images' : 'training images',
          }
        : value;
    }
  }
};
