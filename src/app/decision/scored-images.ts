/** All that the decision shows of an evaluation, whatever the threshold. */
import type { SampleInfo } from '#core/dataset.ts';
import type { Evaluation, Metric } from '#core/history.ts';
import { averagePrecision } from '#core/metrics/average-precision.ts';
import type { ImageLabels } from '#core/metrics/per-defect-type.ts';
import { labelsOf } from '#store/image-labels.ts';
import { type OperatingCurve, operatingCurve } from './operating-curve.ts';
import { type ScoreBins, scoreBins } from './score-bins.ts';
import { type ScoreScale, scoreScale } from './score-scale.ts';
import { thresholdStops } from './threshold-stops.ts';

export interface ScoredImages {
  readonly evaluation: Evaluation;
  readonly labels: ImageLabels;
  readonly bins: ScoreBins;
  readonly scale: ScoreScale;
  /** Thresholds that differ in what they call anomalous, from the highest down. */
  readonly stops: readonly number[];
  readonly curve: OperatingCurve;
  readonly averagePrecision: Metric;
}

const binCount = 18;

/** Undefined where nothing is evaluated, there are no test images, or the evaluation is of other ones. */
export const scoredImages = (
  evaluation: Evaluation | undefined,
  samples: readonly SampleInfo[] | undefined,
): ScoredImages | undefined => {
  if (!evaluation || !samples) return undefined;
  const { scores } = evaluation;
  const labels = labelsOf(samples);
  if (labels.anomalous.length !== scores.length) return undefined;
  const bins = scoreBins(scores, labels.anomalous, binCount);
  const scale = scoreScale(bins);
  if (!scale) return undefined;
  return {
    evaluation,
    labels,
    bins,
    scale,
    stops: thresholdStops(scores, scale.upper),
    curve: operatingCurve(scores, labels.anomalous, scale.upper),
    averagePrecision: averagePrecision(scores, labels.anomalous),
  };
};
