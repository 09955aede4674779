/** Evaluates a baseline's scores on a test set. */
import type { Metric } from '../history.ts';
import { imageAuroc } from '../metrics/auroc.ts';
import { type BootstrapInterval, bootstrapAurocInterval } from '../metrics/bootstrap-interval.ts';
import type { UndefinedMetric } from '../metrics/operating-points.ts';
import type { BaselineName, StatisticName } from './baseline-names.ts';
import { deviationsFromGood } from './deviation.ts';

/** Scores of the test images, and how well they separate the classes. */
export interface ScoredBaseline {
  /** One score per test image, in the order of the image set; higher counts as more anomalous. */
  readonly scores: Float64Array;
  readonly imageAuroc: Metric;
  /** 95 % bootstrap interval of the AUROC. */
  readonly interval: BootstrapInterval;
}

/** A baseline with its name. */
export interface BaselineEvaluation extends ScoredBaseline {
  readonly name: BaselineName;
}

/** A statistic of the images, and its deviation from the good training images' statistic. */
export interface StatisticEvaluation extends ScoredBaseline {
  readonly name: StatisticName;
  /** |s - median| / MAD over the good training images: a detector could use it, because it needs no labels. */
  readonly deviation: (ScoredBaseline & { readonly defined: true }) | UndefinedMetric;
}

/** All baselines and runs use the same draws, so they differ only by their scores. */
export const baselineBootstrapSeed = 0;

/** AUROC and interval of scores. */
export const scoredBaseline = (scores: Float64Array, anomalous: readonly boolean[]): ScoredBaseline => ({
  scores,
  imageAuroc: imageAuroc(scores, anomalous),
  interval: bootstrapAurocInterval(scores, anomalous, { seed: baselineBootstrapSeed }),
});

/**
 * Evaluates a statistic.
 * @param values one per test image
 * @param anomalous whether each test image is anomalous
 * @param good the statistic of each good training image
 */
export const evaluateStatistic = (
  name: StatisticName,
  values: Float64Array,
  anomalous: readonly boolean[],
  good: ArrayLike<number>,
): StatisticEvaluation => {
  const deviations = deviationsFromGood(values, good);
  return {
    name,
    ...scoredBaseline(values, anomalous),
    deviation: deviations.defined
      ? { defined: true, ...scoredBaseline(deviations.scores, anomalous) }
      : deviations,
  };
};

/** Minimum AUROC of a statistic that separates a test set; an AUROC of at most 1 minus this separates it too. */
export const separatingAuroc = 0.95;

/** Whether scores separate the two classes almost completely, in either direction. */
export const separates = (auroc: Metric): boolean =>
  auroc.defined && (auroc.value >= separatingAuroc || auroc.value <= 1 - separatingAuroc);
