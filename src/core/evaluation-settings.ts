/** The settings that say how a trained model is scored: they change without training anew. */
import type { RunConfig } from './config.ts';

/** Names of the settings of a score: all else of an evaluation is the same for each of them. */
export const scoreSettingNames = [
  'score',
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

export type EvaluationSettings = Pick<RunConfig, (typeof evaluationSettingNames)[number]>;

/** The evaluation settings of a config. */
export const evaluationSettingsOf = ({
  batchNorm,
  score,
  bandLow,
  bandHigh,
  blurSigma,
  topPercent,
}: EvaluationSettings): EvaluationSettings => ({
  batchNorm,
  score,
  bandLow,
  bandHigh,
  blurSigma,
  topPercent,
});

/** The low cut-off of the band that removes exactly the mean residual. */
export const meanRemovingCut = 0.5;
