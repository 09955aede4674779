/** Every way of scoring, with a name each: settings in place of those of a run. */
import { type RunConfig, weightNames } from '#core/config.ts';
import { scoreNames } from '#core/scores/score-names.ts';

export const scoreWays: readonly (readonly [string, Partial<RunConfig>])[] = [
  ...scoreNames.map(
    (score) => [`raw-${score}`, { score, residual: 'raw', bandLow: 3, bandHigh: 9 }] as const,
  ),
  ...(['sum', 'blurred-maximum', 'top-share'] as const).flatMap((score) =>
    (['on', 'off'] as const).map(
      (calibrationBands) =>
        [`${score}-bands-${calibrationBands}`, { score, residual: 'calibrated', calibrationBands }] as const,
    ),
  ),
  ['eq9', { score: 'sum', residual: 'raw', bandLow: 0 }],
  ['pooled', { score: 'mean', calibrationPooling: 1 }],
  ...weightNames.map(
    (weight) =>
      [
        `spectral-${weight}`,
        { score: 'spectral', weight, weightPower: 1.5, dcWeight: 0.5, bandLow: 0 },
      ] as const,
  ),
];
