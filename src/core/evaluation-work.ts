/** The work of one evaluation of a run, from its settings and the number of its images. */
import { mostCalibrationImages } from './calibration/calibration-images.ts';
import type { RunConfig } from './config.ts';
import { type ScoreName, usesCalibration } from './scores/score-names.ts';

/** Images of a run by their use. */
interface Counts {
  /** Trained images. */
  readonly train: number;
  readonly test: number;
}

type Settings = Pick<RunConfig, 'batchNorm' | 'score' | 'residual' | 'calibrationBands'>;

/** Number of images that the calibration of an evaluation learns from; 0 without one. */
const calibrationCount = (settings: Settings, { train }: Counts): number =>
  usesCalibration(settings) ? Math.min(train, mostCalibrationImages) : 0;

/** Number of images that pass through the model in an evaluation: tested ones, and those for batch norm and calibration. */
export const evaluatedImages = (settings: Settings, counts: Counts): number =>
  counts.test +
  (settings.batchNorm === 'recalibrated' ? counts.train : 0) +
  calibrationCount(settings, counts);

/**
 * Nanoseconds for each pixel of an image that a raw score takes on one thread, measured with `bench/scores.ts`: an order of
 * magnitude, which the first evaluation of a device corrects.
 */
const scoreNs: Readonly<Record<ScoreName, number>> = {
  sum: 18,
  mean: 19,
  'blurred-maximum': 37,
  'top-share': 28,
  ssim: 115,
  gradient: 55,
  spectral: 67,
};

/** The same for the calibrated residual: learning from an image, and scoring one. */
const calibrationNs = { on: { learn: 78, score: 70 }, off: { learn: 7, score: 13 } } as const;

/** Milliseconds that scoring and calibration take in an evaluation, before they are measured on a device. */
export const scoringMs = (settings: Settings & Pick<RunConfig, 'side'>, counts: Counts): number => {
  const calibration = calibrationNs[settings.calibrationBands];
  const learned = calibrationCount(settings, counts);
  const each = scoreNs[settings.score] + (learned > 0 ? calibration.score : 0);
  return (settings.side ** 2 * (counts.test * each + learned * calibration.learn)) / 1e6;
};

/** Number of evaluations in a whole run: every k epochs, and after the last one. */
export const evaluationCount = ({
  epochs,
  evaluateEvery,
}: Pick<RunConfig, 'epochs' | 'evaluateEvery'>): number => Math.ceil(epochs / evaluateEvery);

/** The time of parts of a run; undefined while the device's pace is unknown. */
export interface RunTimes {
  /** Milliseconds of an epoch without evaluations. */
  readonly epochMs: number | undefined;
  /** Milliseconds of an evaluation, with the recalibration of batch norm, the calibration and the scores. */
  readonly evaluationMs: number | undefined;
}

/** Milliseconds of a whole run with its evaluations; undefined while the device's pace is unknown. */
export const runMs = (
  { epochMs, evaluationMs }: RunTimes,
  config: Pick<RunConfig, 'epochs' | 'evaluateEvery'>,
): number | undefined =>
  epochMs === undefined || evaluationMs === undefined
    ? undefined
    : config.epochs * epochMs + evaluationCount(config) * evaluationMs;
