/** Converts sums of products at each pixel to statistics. */
import { planesOfGroups, rowsOf } from './kernels/grouped-planes.ts';
import type { ComponentSettings } from './residual-components.ts';
import { type ResidualStatistics, triangleIndex } from './residual-statistics.ts';

const meanOf = (plane: Float64Array): number => {
  let sum = 0;
  for (let i = 0; i < plane.length; i++) sum += plane[i];
  return sum / plane.length;
};

/** Covariance of two planes over their pixels: the mean product of their differences from their means. */
const covarianceOf = (one: Float64Array, oneMean: number, other: Float64Array, otherMean: number): number => {
  let sum = 0;
  for (let i = 0; i < one.length; i++) sum += (one[i] - oneMean) * (other[i] - otherMean);
  return sum / one.length;
};

const divide = (plane: Float64Array, by: number): void => {
  for (let i = 0; i < plane.length; i++) plane[i] /= by;
};

/**
 * Computes the statistics of images.
 * @param values in groups: means, and sums over images of products of differences from the means
 * @param components d
 * @param pixels per plane
 * @returns new planes
 * @throws RangeError if there are no images
 */
export const statisticsOfSums = (
  settings: ComponentSettings,
  images: number,
  values: Float64Array,
  components: number,
  pixels: number,
): ResidualStatistics => {
  if (images === 0) throw new RangeError('There are no residuals to compute statistics from.');
  const planes = planesOfGroups(values, rowsOf(components), pixels);
  const mean = planes.slice(0, components);
  const covariance = planes.slice(components);
  for (const plane of covariance) divide(plane, images);
  const pooledMean = Float64Array.from(mean, meanOf);
  const pooledCovariance = new Float64Array(covariance.length);
  for (let i = 0; i < components; i++) {
    for (let j = 0; j <= i; j++) {
      const at = triangleIndex(i, j);
      // Law of total covariance: the mean of the pixels' covariances plus the covariance of their means.
      pooledCovariance[at] =
        meanOf(covariance[at]) + covarianceOf(mean[i], pooledMean[i], mean[j], pooledMean[j]);
    }
  }
  return { settings, images, mean, covariance, pooledMean, pooledCovariance };
};
