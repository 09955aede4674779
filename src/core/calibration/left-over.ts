/** The mean and the deviation of good images' residuals at each pixel, as images. */
import { channels } from '../scores/residual-planes.ts';
import { type ResidualStatistics, triangleIndex } from './residual-statistics.ts';

/** Two images [S, S] row-major of the residual y - x after the score's band. */
export interface LeftOverImages {
  /** Number of images behind both. */
  readonly images: number;
  /** Mean over images and channels; positive if reconstructions of good images are too bright there. */
  readonly mean: Float32Array;
  /** Standard deviation over images: the square root of the variance, averaged over channels. */
  readonly deviation: Float32Array;
}

/** Index of entry (i, j) or (j, i), which are equal. */
const symmetricIndex = (i: number, j: number): number => (i < j ? triangleIndex(j, i) : triangleIndex(i, j));

/** The images of these statistics. A channel is the sum of its components, so its variance is the sum of their covariances. */
export const leftOver = ({ images, mean, covariance }: ResidualStatistics): LeftOverImages => {
  const parts = mean.length / channels;
  const meanImage = new Float32Array(mean[0].length);
  const deviation = new Float32Array(mean[0].length);
  for (let pixel = 0; pixel < deviation.length; pixel++) {
    let sum = 0;
    let variance = 0;
    for (let i = 0; i < mean.length; i++) {
      sum += mean[i][pixel];
      const first = i - (i % parts);
      for (let j = first; j < first + parts; j++) variance += covariance[symmetricIndex(i, j)][pixel];
    }
    // The statistics are of x - y.
    meanImage[pixel] = -sum / channels;
    deviation[pixel] = Math.sqrt(Math.max(0, variance) / channels);
  }
  return { images, mean: meanImage, deviation };
};
