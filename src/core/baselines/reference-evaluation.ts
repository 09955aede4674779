/** What the mean good image says about a test set, by itself and calibrated. */
import type { EvaluationSettings } from '../evaluation-settings.ts';
import type { UndefinedMetric } from '../metrics/operating-points.ts';
import { canBeCalibrated } from '../scores/score-names.ts';
import type { BaselineEvaluation } from './baseline-evaluation.ts';
import type { ReferenceName } from './baseline-names.ts';

/** A baseline that takes the place of a model's reconstruction, with the settings that it was scored by. */
export interface ReferenceEvaluation extends BaselineEvaluation {
  readonly name: ReferenceName;
  readonly settings: EvaluationSettings;
  /** Upper end of the color scale of its residual maps, as `Evaluation.residualScale`. */
  readonly residualScale: number;
}

/** Both of them, or why there are none. */
export type ReferenceEvaluations =
  | {
      readonly defined: true;
      readonly meanImage: ReferenceEvaluation;
      readonly variationModel: ReferenceEvaluation;
      /** Good training images behind the mean image. */
      readonly goodImages: number;
      /** Those of them that the variation was learned from. */
      readonly calibrationImages: number;
    }
  | UndefinedMetric;

/** `mean-image`: the score on its band, of the plain difference from the mean good image. */
export const meanImageSettings = (settings: EvaluationSettings): EvaluationSettings => ({
  ...settings,
  residual: 'raw',
});

/**
 * `variation-model`: the same, calibrated. A score that is no number of a residual map has no calibrated form; the mean of
 * the top share stands in for it.
 */
export const variationModelSettings = (settings: EvaluationSettings): EvaluationSettings => ({
  ...settings,
  score: canBeCalibrated(settings.score) ? settings.score : 'top-share',
  residual: 'calibrated',
});
