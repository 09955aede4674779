/** Compares all ways of scoring one trained model: each score, raw and calibrated, with and without the mean residual. */
import type { ReferenceFigures } from '../baselines/run-references.ts';
import { type RunConfig, switchStates } from '../config.ts';
import {
  type EvaluationSettings,
  evaluationSettingNames,
  evaluationSettingsOf,
  meanRemovingCut,
} from '../evaluation-settings.ts';
import type { Evaluation, Metric } from '../history.ts';
import { imageMetrics } from '../metrics/image-metrics.ts';
import type { ImageLabels } from '../metrics/per-defect-type.ts';
import type { PixelMetricValues } from '../metrics/pixel-metrics.ts';
import { bandFault } from './band.ts';
import { shownPoolings } from './pooling-curve.ts';
import { canBeCalibrated, type ScoreName, scoreNames } from './score-names.ts';

/** Metrics of one way of scoring. */
export interface ScoreComparison extends EvaluationSettings {
  readonly imageAuroc: Metric;
  readonly averagePrecision: Metric;
  readonly pixelAuroc: Metric;
  readonly auPro: Metric;
  readonly residualDcShare: number;
  /** The references with the same score; undefined if unknown. */
  readonly references?: ReferenceFigures;
}

/** Each score of the raw residual, with and without its mean; bands without frequencies are omitted. */
const rawWays = (side: number, own: EvaluationSettings): readonly EvaluationSettings[] =>
  scoreNames.flatMap((score) =>
    [0, meanRemovingCut]
      .filter((bandLow) => bandFault(side, bandLow, own.bandHigh) === undefined)
      .map((bandLow) => ({ ...own, residual: 'raw' as const, score, bandLow })),
  );

/** Each score with a calibrated form, on the band of the settings: another band would need a pass over the images. */
const calibratedWays = (own: EvaluationSettings): readonly EvaluationSettings[] =>
  switchStates.flatMap((calibrationBands) =>
    shownPoolings.flatMap((calibrationPooling) =>
      scoreNames.filter(canBeCalibrated).map((score) => ({
        ...own,
        residual: 'calibrated' as const,
        score,
        calibrationBands,
        calibrationPooling,
      })),
    ),
  );

/**
 * All ways of scoring. Batch norm varies in the outermost loop, because its change needs new reconstructions. Calibrated ways
 * use only the batch norm of the settings.
 * @param modes the batch-norm modes whose results differ
 */
export const waysOfScoring = (
  config: RunConfig,
  modes: readonly RunConfig['batchNorm'][],
): readonly EvaluationSettings[] => {
  const own = evaluationSettingsOf(config);
  return [
    ...modes.flatMap((batchNorm) => rawWays(config.side, { ...own, batchNorm })),
    ...calibratedWays(own),
  ];
};

const sameMap: readonly ScoreName[] = ['sum', 'mean', 'top-share'];

/** A key that is equal only for ways of scoring with the same map, and therefore the same pixel metrics. */
export const mapOfWay = (settings: EvaluationSettings): string => {
  const score = sameMap.includes(settings.score) ? 'sum' : settings.score;
  return JSON.stringify({ ...evaluationSettingsOf(settings), score, topPercent: 0 });
};

/** Whether an evaluation was made with these settings. */
export const isMadeWith = (evaluation: Evaluation, settings: EvaluationSettings): boolean =>
  evaluationSettingNames.every((name) => evaluation[name] === settings[name]);

/** The row of the comparison for an evaluation. */
export const comparisonOf = (
  evaluation: Evaluation,
  labels: ImageLabels,
  { pixelAuroc, auPro }: Pick<PixelMetricValues, 'pixelAuroc' | 'auPro'>,
): ScoreComparison => ({
  ...evaluationSettingsOf(evaluation),
  imageAuroc: evaluation.imageAuroc,
  averagePrecision: imageMetrics(evaluation.scores, labels, 0).overall.averagePrecision,
  pixelAuroc,
  auPro,
  residualDcShare: evaluation.residualDcShare,
});
