/** The scores in words. */
import { largestBandRadius } from '#core/config.ts';
import { type EvaluationSettings, meanRemovingCut } from '#core/evaluation-settings.ts';
import type { ScoreName } from '#core/scores/score-names.ts';

export const scoreLabels: Readonly<Record<ScoreName, string>> = {
  sum: 'squared residual, Eq. 9',
  mean: 'mean squared residual',
  'blurred-maximum': 'largest blurred residual',
  'top-share': 'mean of the top share',
  ssim: '1 − SSIM',
  gradient: 'gradient magnitude',
  spectral: 'weighted spectrum, Eq. 8',
};

/** The band of a score: empty where it keeps everything. */
export const bandInWords = ({
  bandLow,
  bandHigh,
}: Pick<EvaluationSettings, 'bandLow' | 'bandHigh'>): string => {
  const openAbove = bandHigh >= largestBandRadius;
  if (bandLow === 0 && openAbove) return '';
  if (bandLow === meanRemovingCut && openAbove) return 'mean removed';
  return openAbove ? `radii from ${bandLow}` : `radii ${bandLow} to ${bandHigh}`;
};

/** A score with its band: `squared residual, Eq. 9, mean removed`. */
export const scoreInWords = (settings: EvaluationSettings): string =>
  [scoreLabels[settings.score], bandInWords(settings)].filter((text) => text !== '').join(', ');
