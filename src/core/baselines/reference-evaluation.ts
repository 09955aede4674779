/** The references: the mean good image in place of a reconstruction, with a raw or a calibrated residual. */
import type { EvaluationSettings } from '../evaluation-settings.ts';
import type { UndefinedMetric } from '../metrics/operating-points.ts';
import { canBeCalibrated } from '../scores/score-names.ts';
import type { BaselineEvaluation } from './baseline-evaluation.ts';
import type { ReferenceName } from './baseline-names.ts';

/** The evaluation of a reference, with the settings of its score. */
export interface ReferenceEvaluation extends BaselineEvaluation {
  readonly name: ReferenceName;
  readonly settings: EvaluationSettings;
  /** Upper end of the color scale of its residual maps, as in `Evaluation.residualScale`. */
  readonly residualScale: number;
}

/** Both references, or the reason that there are none. */
export type ReferenceEvaluations =
  | {
      readonly defined: true;
      readonly meanImage: ReferenceEvaluation;
      readonly variationModel: ReferenceEvaluation;
      /** Good training images behind the mean image. */
      readonly goodImages: number;
      /** The number of these behind the variation model's covariances. */
      readonly calibrationImages: number;
    }
  | UndefinedMetric;

/** `mean-image`: the score of the raw difference from the mean good image, on the settings' band. */
export const meanImageSettings = (settings: EvaluationSettings): EvaluationSettings => ({
  ...settings,
  residual: 'raw',
});

/**
 * `variation-model`: the same with the calibrated residual. A score that does not reduce a residual map has no calibrated
 * form; `top-share` replaces it.
 */
export const variationModelSettings = (settings: EvaluationSettings): EvaluationSettings => ({
  ...settings,
  score: canBeCalibrated(settings.score) ? settings.score : 'top-share',
  residual: 'calibrated',
});
