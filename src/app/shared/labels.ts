/** The page's words for losses, scores, settings and outcomes. */
import type { BaselineName } from '#core/baselines/baseline-names.ts';
import { type LossName, largestBandRadius, type RunConfig } from '#core/config.ts';
import { type EvaluationSettings, meanRemovingCut } from '#core/evaluation-settings.ts';
import { type ScoreName, usesCalibration } from '#core/scores/score-names.ts';
import type { Outcome } from '#store/decision/outcome.ts';

/** The label of one image. */
export const outcomeOfOne: Readonly<Record<Outcome, string>> = {
  caught: 'caught',
  missed: 'missed',
  'false-alarm': 'false alarm',
  pass: 'passed',
};

/** The labels of several images, and their meanings. */
export const outcomeChoices = [
  { value: 'caught', label: 'Caught', meaning: 'Anomalous, and the score reaches the threshold.' },
  { value: 'missed', label: 'Missed', meaning: 'Anomalous, but the score stays below the threshold.' },
  { value: 'false-alarm', label: 'False alarms', meaning: 'Good, but the score reaches the threshold.' },
  { value: 'pass', label: 'Passed', meaning: 'Good, and the score stays below the threshold.' },
] as const satisfies readonly { value: Outcome; label: string; meaning: string }[];

/** The meaning of an outcome, as a sentence. */
export const meaningOf = (outcome: Outcome): string =>
  outcomeChoices.find(({ value }) => value === outcome)?.meaning ?? '';

/** The words for an empty result of a filter: `no missed images of type scratch`. */
export const nothingIn: Readonly<Record<Outcome, string>> = {
  caught: 'no caught images',
  missed: 'no missed images',
  'false-alarm': 'no false alarms',
  pass: 'no passed images',
};

export const lossLabels: Readonly<Record<LossName, string>> = {
  l2: 'L2',
  ssim: 'SSIM',
  frequency: 'Frequency',
  wfdl: 'WFDL',
  'focal-frequency': 'Focal',
  composite: 'Composite',
};

/** `learningRate` as `learning rate`, `memoryBudgetMB` as `memory budget MB`, `ssimK1` as `ssim K1`. */
export const settingLabel = (key: string): string =>
  key
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .split(' ')
    .map((word) => (/^[A-Z][A-Z0-9]+$/.test(word) ? word : word.toLowerCase()))
    .join(' ');

/** The value of any setting, for a table. */
export const settingValue = (config: RunConfig, key: keyof RunConfig): string => {
  if (key === 'loss') return lossLabels[config.loss];
  const value: unknown = config[key];
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value);
};

export const scoreLabels: Readonly<Record<ScoreName, string>> = {
  sum: 'squared residual, Eq. 9',
  mean: 'mean squared residual',
  'blurred-maximum': 'largest blurred residual',
  'top-share': 'mean of the top share',
  ssim: '1 − SSIM',
  gradient: 'gradient magnitude',
  spectral: 'weighted spectrum, Eq. 8',
};

/** The band of a score; empty if it passes everything. */
export const bandInWords = ({
  bandLow,
  bandHigh,
}: Pick<EvaluationSettings, 'bandLow' | 'bandHigh'>): string => {
  const openAbove = bandHigh >= largestBandRadius;
  if (bandLow === 0 && openAbove) return '';
  if (bandLow === meanRemovingCut && openAbove) return 'mean removed';
  return openAbove ? `radii from ${bandLow}` : `radii ${bandLow} to ${bandHigh}`;
};

/** The calibration of a score's residual; empty if it is raw. */
const calibrationInWords = (settings: EvaluationSettings): string => {
  if (!usesCalibration(settings)) return '';
  const { calibrationPooling, calibrationBands } = settings;
  return `calibrated, pooling ${calibrationPooling}${calibrationBands === 'on' ? ' in bands' : ''}`;
};

/** A score with its calibration and band: `mean of the top share, calibrated, pooling 0.1 in bands, mean removed`. */
export const scoreInWords = (settings: EvaluationSettings): string =>
  [scoreLabels[settings.score], calibrationInWords(settings), bandInWords(settings)]
    .filter((text) => text !== '')
    .join(', ');

export const baselineLabels: Readonly<Record<BaselineName, string>> = {
  brightness: 'brightness',
  contrast: 'contrast',
  'gradient-energy': 'gradient energy',
  'high-frequency-energy': 'high frequencies',
  'mean-image': 'mean image',
  'variation-model': 'variation model',
};
