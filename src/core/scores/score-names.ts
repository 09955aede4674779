/** The anomaly scores by name. */

/**
 * `sum` is Eq. 9; `mean` the same per value; `blurred-maximum` the largest value of the Gaussian-blurred residual;
 * `top-share` the mean of the top k % of its pixels; `ssim` 1 - mean SSIM; `gradient` the squared difference of gradient
 * magnitudes; `spectral` Eq. 8 as a score.
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
