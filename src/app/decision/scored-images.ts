/** The scores of an evaluation and everything derived from them that does not depend on the threshold. */

import type { SampleInfo } from '#core/dataset.ts';
import type { Evaluation, Metric } from '#core/history.ts';
import { averagePrecision } from '#core/metrics/average-precision.ts';
import { falseAlarmRate } from '#core/metrics/false-alarm-rate.ts';
import type { ImageLabels } from '#core/metrics/per-defect-type.ts';
import type { FittedOn } from '#core/metrics/threshold.ts';
import { labelsOfAll } from '#store/dataset/image-labels.ts';
import type { GoodTrainingScores } from '#store/decision/state.ts';
import { type ScoreBins, scoreBins } from '../plot/score-bins.ts';
import type { FalseAlarmEntry } from './FalseAlarmRates.tsx';
import { type OperatingCurve, operatingCurve } from './operating-curve.ts';
import { type ScoreScale, scoreScale } from './score-scale.ts';
import { thresholdStops } from './threshold-stops.ts';

export interface ScoredImages {
  readonly evaluation: Evaluation;
  /** The kind of images: test images or, without any, the good images that a threshold is fitted on. */
  readonly source: Exclude<FittedOn, 'no images'>;
  readonly samples: readonly SampleInfo[];
  /** One score per image. */
  readonly scores: ArrayLike<number>;
  readonly labels: ImageLabels;
  readonly bins: ScoreBins;
  readonly scale: ScoreScale;
  /** Thresholds with different outcomes, from the highest down. */
  readonly stops: readonly number[];
  readonly curve: OperatingCurve;
  readonly averagePrecision: Metric;
}

const binCount = 18;

type Source = Pick<ScoredImages, 'source' | 'samples' | 'scores'>;

/** The test images; without any, the scored good images. */
const sourceOf = (
  evaluation: Evaluation,
  samples: readonly SampleInfo[],
  good: GoodTrainingScores,
): Source | undefined => {
  const test = samples.filter(({ split }) => split === 'test');
  if (test.length > 0) return { source: 'test images', samples: test, scores: evaluation.scores };
  if (good.phase !== 'ready' || good.evaluation !== evaluation) return undefined;
  return {
    source: good.heldOut ? 'held-out images' : 'training images',
    samples: good.indices.flatMap((index) => samples[index] ?? []),
    scores: good.scores,
  };
};

/**
 * Undefined without an evaluation, if the evaluation used other images, or if no images are scored.
 */
export const scoredImages = (
  evaluation: Evaluation | undefined,
  samples: readonly SampleInfo[] | undefined,
  good: GoodTrainingScores,
): ScoredImages | undefined => {
  const found = evaluation && samples && sourceOf(evaluation, samples, good);
  if (!found) return undefined;
  const { scores } = found;
  const labels = labelsOfAll(found.samples);
  if (labels.anomalous.length !== scores.length) return undefined;
  const bins = scoreBins(scores, labels.anomalous, binCount);
  const scale = scoreScale(bins);
  if (!scale) return undefined;
  return {
    evaluation,
    ...found,
    labels,
    bins,
    scale,
    stops: thresholdStops(scores, scale.upper),
    curve: operatingCurve(scores, labels.anomalous, scale.upper),
    averagePrecision: averagePrecision(scores, labels.anomalous),
  };
};

/** False-alarm rates on the held-out and the good test images, where scored. Training images have no rate. */
export const falseAlarmEntries = (
  { evaluation, source, scores, labels }: ScoredImages,
  good: GoodTrainingScores,
  threshold: number,
): readonly FalseAlarmEntry[] => {
  const heldOut = good.phase === 'ready' && good.evaluation === evaluation && good.heldOut ? good.scores : [];
  const tested =
    source === 'test images' ? Array.from(scores).filter((_, image) => !labels.anomalous[image]) : [];
  const entry = (images: FalseAlarmEntry['images'], of: ArrayLike<number>): FalseAlarmEntry[] => {
    const rate = falseAlarmRate(of, threshold);
    return rate ? [{ images, rate }] : [];
  };
  return [...entry('held-out', heldOut), ...entry('good test', tested)];
};
