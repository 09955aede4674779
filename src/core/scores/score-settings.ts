/** The settings of a score, with defaults and their check. */
import { ResiduaError } from '../errors.ts';
import { bandFault } from './band.ts';
import { type ScoreName, scoreNames } from './score-names.ts';
import { ssimWindowSide } from './ssim-score.ts';

/** Settings of a score. All can change after training; no retraining needed. */
export interface ScoreSettings {
  readonly score: ScoreName;
  /** The residual behind `sum`, `mean`, `blurred-maximum` and `top-share`; the other scores ignore it. */
  readonly residual: 'raw' | 'calibrated';
  /** Weight of the statistics over all pixels in the calibration, 0 to 1. */
  readonly calibrationPooling: number;
  /** Whether the residual is calibrated in bands of radii. */
  readonly calibrationBands: 'on' | 'off';
  /** Lowest radius sqrt(u^2 + v^2) of signed frequency that passes; 0.5 removes only the mean. */
  readonly bandLow: number;
  /** Highest radius that passes; side / sqrt(2) or more, or infinity, means no limit. */
  readonly bandHigh: number;
  /** Standard deviation of the blur of `blurred-maximum` in pixels at side 256; above 0, at most 32. */
  readonly blurSigma: number;
  /** Percentage of the pixels that `top-share` averages; above 0, at most 100. */
  readonly topPercent: number;
}

/** Eq. 9 as printed, and a starting point for the other scores. */
export const defaultScoreSettings: ScoreSettings = {
  score: 'sum',
  residual: 'raw',
  calibrationPooling: 0.1,
  calibrationBands: 'on',
  bandLow: 0,
  bandHigh: Number.POSITIVE_INFINITY,
  blurSigma: 4,
  topPercent: 1,
};

/** Maximum of `blurSigma`: the blur then reaches over half the image, the limit of a single mirroring of the border. */
export const largestBlurSigma = 32;

const invalid = (name: string, value: unknown, expected: string): ResiduaError =>
  new ResiduaError(
    'config-invalid',
    `The setting ${name} is ${value}: ${expected}.`,
    'Correct it and try again.',
  );

/**
 * Checks settings for images of one side.
 * @throws ResiduaError `config-invalid`, naming the first invalid setting, its value and the expectation
 */
export const checkScoreSettings = (side: number, settings: ScoreSettings): void => {
  const { score, calibrationPooling, bandLow, bandHigh, blurSigma, topPercent } = settings;
  if (!scoreNames.includes(score)) throw invalid('score', score, `must be one of ${scoreNames.join(', ')}`);
  if (!(bandLow >= 0)) throw invalid('bandLow', bandLow, 'must be a radius of at least 0');
  const fault = bandFault(side, bandLow, bandHigh);
  if (fault) throw invalid(fault.setting, fault.value, fault.expectation);
  if (!(blurSigma > 0 && blurSigma <= largestBlurSigma)) {
    throw invalid('blurSigma', blurSigma, `must be above 0 and at most ${largestBlurSigma}`);
  }
  if (!(topPercent > 0 && topPercent <= 100)) {
    throw invalid('topPercent', topPercent, 'must be above 0 and at most 100');
  }
  if (!(calibrationPooling >= 0 && calibrationPooling <= 1)) {
    throw invalid('calibrationPooling', calibrationPooling, 'must be from 0 to 1');
  }
  if (score === 'ssim' && side < ssimWindowSide) {
    throw invalid('side', side, `the SSIM window needs at least ${ssimWindowSide} pixels`);
  }
};
