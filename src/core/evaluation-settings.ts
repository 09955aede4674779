/** The settings for scoring a trained model. A change to them needs no retraining. */
import type { RunConfig } from './config.ts';

/** Names of the settings of a score. The rest of an evaluation is the same for every score. */
export const scoreSettingNames = [
  'score',
  'residual',
  'calibrationPooling',
  'calibrationBands',
  'bandLow',
  'bandHigh',
  'blurSigma',
  'topPercent',
] as const satisfies (keyof RunConfig)[];

/** Names of all settings of an evaluation. */
export const evaluationSettingNames = [
  'batchNorm',
  ...scoreSettingNames,
] as const satisfies (keyof RunConfig)[];

export type EvaluationSettingName = (typeof evaluationSettingNames)[number];

export type EvaluationSettings = Pick<RunConfig, EvaluationSettingName>;

/** The evaluation settings of a config, or of any object with its keys. */
export const evaluationSettingsOf = <T extends Readonly<Record<EvaluationSettingName, unknown>>>({
  batchNorm,
  score,
  residual,
  calibrationPooling,
  calibrationBands,
  bandLow,
  bandHigh,
  blurSigma,
  topPercent,
}: T): Pick<T, EvaluationSettingName> => ({
  batchNorm,
  score,
  residual,
  calibrationPooling,
  calibrationBands,
  bandLow,
  bandHigh,
  blurSigma,
  topPercent,
});

/**
 * The batch-norm mode of an evaluation of saved weights. Files have one set of statistics. Running averages can be recalibrated
 * on the training images, but recalibrated statistics have replaced the running averages.
 * @param saved mode of the files
 * @param wanted mode of the settings
 */
export const batchNormOf = (
  saved: EvaluationSettings['batchNorm'],
  wanted: EvaluationSettings['batchNorm'],
): EvaluationSettings['batchNorm'] => (saved === 'running' ? wanted : saved);

/** The low cut-off of the band that removes only the mean residual. */
export const meanRemovingCut = 0.5;
