/** The names of the anomaly scores. */

/**
 * The scores, which can be changed after training. `sum` is Eq. 9; the others are defined in their own files
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

/** Whether a score reduces the map of the squared residual; the calibrated residual can then replace that map. */
export const canBeCalibrated = (score: ScoreName): boolean => calibratedScoreNames.includes(score);

/** Whether a score with these settings uses the calibrated residual. */
export const usesCalibration = ({
  score,
  residual,
}: {
  readonly score: ScoreName;
  readonly residual: 'raw' | 'calibrated';
}): boolean => residual === 'calibrated' && canBeCalibrated(score);
