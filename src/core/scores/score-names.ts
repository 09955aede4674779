/** The names of the anomaly scores. */

/**
 * The scores that may be chosen after training: `sum` is Eq. 9, the others are defined where they are computed
 * (`residual-scores.ts`, `ssim-score.ts`, `gradient-score.ts`, `spectral-score.ts`).
 */
export const scoreNames = [
  'sum',
  'mean',
  'blurred-maximum',
  'top-share',
  'ssim',
  'gradient',
  'spectral',
] as const;

export type ScoreName = (typeof scoreNames)[number];

const calibratedScoreNames: readonly ScoreName[] = ['sum', 'mean', 'blurred-maximum', 'top-share'];

/** Whether a score is a number of the squared residual's map, which a calibrated residual can take the place of. */
export const canBeCalibrated = (score: ScoreName): boolean => calibratedScoreNames.includes(score);

/** Whether a score by these settings takes the calibrated residual. */
export const usesCalibration = ({
  score,
  residual,
}: {
  readonly score: ScoreName;
  readonly residual: 'raw' | 'calibrated';
}): boolean => residual === 'calibrated' && canBeCalibrated(score);
