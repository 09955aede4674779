/** One trained model judged in every way: each score, with and without the mean residual, by each batch-norm mode. */
import { batchNormModes, type RunConfig } from '../config.ts';
import {
  type EvaluationSettings,
  evaluationSettingNames,
  evaluationSettingsOf,
  meanRemovingCut,
} from '../evaluation-settings.ts';
import type { Evaluation, Metric } from '../history.ts';
import { imageMetrics } from '../metrics/image-metrics.ts';
import type { ImageLabels } from '../metrics/per-defect-type.ts';
import { bandFault } from './band.ts';
import { scoreNames } from './score-names.ts';

/** Image metrics of one way of scoring. */
export interface ScoreComparison extends EvaluationSettings {
  readonly imageAuroc: Metric;
  readonly averagePrecision: Metric;
  readonly residualDcShare: number;
}

/** All ways that a band from 0 or without the mean can score, batch norm outermost, since a change of it takes new reconstructions. */
export const waysOfScoring = (config: RunConfig): readonly EvaluationSettings[] =>
  batchNormModes.flatMap((batchNorm) =>
    scoreNames.flatMap((score) =>
      [0, meanRemovingCut]
        .filter((bandLow) => bandFault(config.side, bandLow, config.bandHigh) === undefined)
        .map((bandLow) => ({
          ...evaluationSettingsOf(config),
          batchNorm,
          score,
          bandLow,
        })),
    ),
  );

/** Whether an evaluation was made with these settings. */
export const isMadeWith = (evaluation: Evaluation, settings: EvaluationSettings): boolean =>
  evaluationSettingNames.every((name) => evaluation[name] === settings[name]);

/** The comparison's line for an evaluation. */
export const comparisonOf = (evaluation: Evaluation, labels: ImageLabels): ScoreComparison => ({
  ...evaluationSettingsOf(evaluation),
  imageAuroc: evaluation.imageAuroc,
  averagePrecision: imageMetrics(evaluation.scores, labels, 0).overall.averagePrecision,
  residualDcShare: evaluation.residualDcShare,
});
