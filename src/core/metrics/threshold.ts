/** Decisions at a threshold: the confusion counts, their rates, and the policies that set the threshold. */
import type { Metric } from '../history.ts';
import { f1Maximum } from './f1-maximum.ts';
import type { UndefinedMetric } from './operating-points.ts';
import { quantileOfSorted } from './quantile.ts';

/** Images by class and decision. An image is flagged as anomalous if its score is at least the threshold. */
export interface Confusion {
  /** Anomalous and flagged. */
  readonly truePositives: number;
  /** Anomalous and not flagged: misses. */
  readonly falseNegatives: number;
  /** Normal and flagged: false alarms. */
  readonly falsePositives: number;
  /** Normal and not flagged. */
  readonly trueNegatives: number;
}

/**
 * Counts the decisions at a threshold.
 * @param scores one score per image; higher means more anomalous
 * @param anomalous whether each image is anomalous, in the same order
 * @param threshold any number, also infinite: +Infinity flags no image, -Infinity flags every image
 * @throws RangeError if the lists differ in length, or a score or the threshold is NaN
 */
export const confusionAt = (
  scores: ArrayLike<number>,
  anomalous: readonly boolean[],
  threshold: number,
): Confusion => {
  if (scores.length !== anomalous.length) {
    throw new RangeError(
      `Confusion counts need one label per score, got ${scores.length} scores and ${anomalous.length} labels.`,
    );
  }
  if (Number.isNaN(threshold)) throw new RangeError('The threshold is NaN, expected a number.');
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

/** Rates of a confusion table, each in [0, 1]; undefined if the denominator is 0. */
export interface ConfusionRates {
  /** Of the images flagged as anomalous, the fraction that are. */
  readonly precision: Metric;
  /** Of the anomalous images, the fraction that are flagged: the true positive rate. */
  readonly recall: Metric;
  /** Of the normal images, the fraction that are flagged. */
  readonly falsePositiveRate: Metric;
  /** Harmonic mean of precision and recall. */
  readonly f1: Metric;
  /** Of all images, the fraction with a correct decision. */
  readonly accuracy: Metric;
}

const share = (part: number, whole: number, reason: string): Metric =>
  whole > 0 ? { defined: true, value: part / whole } : { defined: false, reason };

/** Computes the rates of a confusion table. */
export const confusionRates = (confusion: Confusion): ConfusionRates => {
  const { truePositives, falseNegatives, falsePositives, trueNegatives } = confusion;
  const positives = truePositives + falseNegatives;
  const called = truePositives + falsePositives;
  const count = positives + falsePositives + trueNegatives;
  return {
    precision: share(truePositives, called, 'This threshold flags no image.'),
    recall: share(truePositives, positives, 'There are no anomalous images.'),
    falsePositiveRate: share(falsePositives, count - positives, 'There are no normal images.'),
    f1:
      positives > 0
        ? share(2 * truePositives, called + positives, 'There are no images.')
        : { defined: false, reason: 'There are no anomalous images.' },
    accuracy: share(truePositives + trueNegatives, count, 'There are no images.'),
  };
};

/** A threshold policy: how the threshold is set. */
export type ThresholdPolicy =
  | { readonly kind: 'manual'; readonly threshold: number }
  /** The threshold of F1-max. It is the best for this test set, because it is fitted to that set. */
  | { readonly kind: 'f1-maximum' }
  /** A quantile, 0 to 1, of the scores of good images outside the test set; needs no anomalous images. */
  | { readonly kind: 'good-quantile'; readonly quantile: number };

/** The images that a threshold can be fitted on. Held-out and training images are good ones. */
export const fittedOnNames = ['no images', 'test images', 'held-out images', 'training images'] as const;
export type FittedOn = (typeof fittedOnNames)[number];

/** A threshold and the images that it was fitted on, or the reason that it is undefined. */
export type ChosenThreshold =
  | { readonly defined: true; readonly threshold: number; readonly fittedOn: FittedOn }
  | UndefinedMetric;

/** The scores that a policy can be fitted to. */
export interface ThresholdData {
  readonly testScores: ArrayLike<number>;
  /** Whether each test image is anomalous. */
  readonly testAnomalous: readonly boolean[];
  /** Scores of the held-out images, or of the good training images; empty if they have not been scored. */
  readonly goodTrainingScores: ArrayLike<number>;
  /** Whether `goodTrainingScores` are of held-out images. */
  readonly heldOut: boolean;
}

/** The next larger float64: the lowest threshold that does not flag this finite score. */
const justAbove = (score: number): number => {
  if (score === 0) return Number.MIN_VALUE;
  const bits = new BigInt64Array(Float64Array.of(score).buffer);
  bits[0] += score > 0 ? 1n : -1n;
  return new Float64Array(bits.buffer)[0];
};

/** Keeps 1 - 0.95 = 0.05000000000000004 from being more, and 1 - 0.9 from being less, than the share that is meant. */
const shareTolerance = 1e-9;

/**
 * The threshold at a quantile of the scores of good images, raised until at most the fraction 1 - quantile of them is
 * flagged: at 0.95, at most 5 % are false alarms; at 1, none. A score at the threshold is flagged, so the plain quantile
 * of few or tied scores would flag more.
 * @param goodScores one score per good image
 * @param quantile 0 to 1, with linear interpolation between scores
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
  const plain = quantileOfSorted(ascending, quantile);
  const mostFlagged = Math.floor((1 - quantile + shareTolerance) * ascending.length);
  const firstPassed = ascending[ascending.length - 1 - mostFlagged];
  return {
    defined: true,
    value: firstPassed === undefined ? plain : Math.max(plain, justAbove(firstPassed)),
  };
};

/**
 * Sets the threshold by a policy.
 * @returns undefined, with the reason, if the policy's data are missing or have a single class
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
