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
