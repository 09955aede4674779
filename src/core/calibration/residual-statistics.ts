/** Mean and covariance of residuals at each pixel and over all pixels, in one pass over images that are not kept. */

import { usesCalibration } from '../scores/score-names.ts';
import type { ScoreSettings } from '../scores/score-settings.ts';
import type { ComponentSettings } from './residual-components.ts';

/**
 * Statistics of the residuals of good images. A residual has d components at each pixel: its channels, or these in bands.
 * Covariances are those of the population, stored as the lower triangle: entry (i, j), j <= i, at index i (i + 1) / 2 + j.
 */
export interface ResidualStatistics {
  /** Settings that the residuals were split by. */
  readonly settings: ComponentSettings;
  /** Images behind the statistics, at least 1. */
  readonly images: number;
  /** mu(x, y): d planes [S, S] row-major. */
  readonly mean: readonly StatisticsPlane[];
  /** C(x, y): d (d + 1) / 2 planes [S, S] row-major. */
  readonly covariance: readonly StatisticsPlane[];
  /** mu_g: d means over all pixels and images. */
  readonly pooledMean: Float64Array;
  /** C_g: d (d + 1) / 2 covariances over all pixels and images, about mu_g. */
  readonly pooledCovariance: Float64Array;
}

/** Float64 as learned; float32 where statistics are kept in little memory. */
export type StatisticsPlane = Float64Array | Float32Array;

/** Whether a score by these settings can be taken: it uses no calibration, or the statistics are of its components. */
export const suffices = (statistics: ResidualStatistics | undefined, settings: ScoreSettings): boolean =>
  !usesCalibration(settings) ||
  (statistics !== undefined &&
    statistics.settings.bandLow === settings.bandLow &&
    statistics.settings.bandHigh === settings.bandHigh &&
    statistics.settings.calibrationBands === settings.calibrationBands);

/** The same statistics with planes of float32: half the memory, and a relative error of 2^-24. */
export const asFloat32 = (statistics: ResidualStatistics): ResidualStatistics => ({
  ...statistics,
  mean: statistics.mean.map((plane) => Float32Array.from(plane)),
  covariance: statistics.covariance.map((plane) => Float32Array.from(plane)),
});

/** Index of entry (i, j), j <= i, of a symmetric matrix that is stored as its lower triangle. */
export const triangleIndex = (i: number, j: number): number => (i * (i + 1)) / 2 + j;

const meanOf = (plane: Float64Array): number => {
  let sum = 0;
  for (let i = 0; i < plane.length; i++) sum += plane[i];
  return sum / plane.length;
};

/** Mean of a product of two planes, each less its own mean. */
const covarianceOf = (one: Float64Array, oneMean: number, other: Float64Array, otherMean: number): number => {
  let sum = 0;
  for (let i = 0; i < one.length; i++) sum += (one[i] - oneMean) * (other[i] - otherMean);
  return sum / one.length;
};

/**
 * Collects residuals one by one, by Welford's update: differences from the mean so far, so that nothing cancels. Memory:
 * d + d (d + 1) / 2 planes of float64, 4.7 MB for 3 components at side 256 and 47 MB for 12.
 */
export class StatisticsCollector {
  private images = 0;
  private readonly mean: readonly Float64Array[];
  private readonly covariance: readonly Float64Array[];

  /**
   * @param settings that the residuals are split by
   * @param components d
   * @param pixels of a plane
   */
  constructor(
    private readonly settings: ComponentSettings,
    components: number,
    pixels: number,
  ) {
    const planes = (count: number) => Array.from({ length: count }, () => new Float64Array(pixels));
    this.mean = planes(components);
    this.covariance = planes(triangleIndex(components, 0));
  }

  /** Adds one image. @param planes its d components, finite; they are overwritten */
  add(planes: readonly Float64Array[]): void {
    this.images += 1;
    const { images, mean, covariance } = this;
    for (let i = 0; i < planes.length; i++) subtractAndMoveMean(planes[i], mean[i], 1 / images);
    const factor = (images - 1) / images;
    if (factor === 0) return;
    for (let i = 0; i < planes.length; i++) {
      for (let j = 0; j <= i; j++) addProduct(covariance[triangleIndex(i, j)], planes[i], planes[j], factor);
    }
  }

  /**
   * The statistics of all images. They take over the collector's memory: nothing may be added afterwards.
   * @throws RangeError where no image was added
   */
  finish(): ResidualStatistics {
    const { settings, images, mean, covariance } = this;
    if (images === 0) throw new RangeError('There are no residuals to take statistics of.');
    const pooledMean = Float64Array.from(mean, meanOf);
    const pooledCovariance = new Float64Array(covariance.length);
    for (let i = 0; i < mean.length; i++) {
      for (let j = 0; j <= i; j++) {
        const at = triangleIndex(i, j);
        const plane = covariance[at];
        for (let pixel = 0; pixel < plane.length; pixel++) plane[pixel] /= images;
        // Law of total covariance: the mean of the pixels' covariances and the covariance of their means.
        pooledCovariance[at] = meanOf(plane) + covarianceOf(mean[i], pooledMean[i], mean[j], pooledMean[j]);
      }
    }
    return { settings, images, mean, covariance, pooledMean, pooledCovariance };
  }
}

/** plane -= mean, then mean += share * plane. */
const subtractAndMoveMean = (plane: Float64Array, mean: Float64Array, share: number): void => {
  for (let i = 0; i < plane.length; i++) {
    const difference = plane[i] - mean[i];
    plane[i] = difference;
    mean[i] += share * difference;
  }
};

/** sum += factor * one * other. */
const addProduct = (sum: Float64Array, one: Float64Array, other: Float64Array, factor: number): void => {
  for (let i = 0; i < sum.length; i++) sum[i] += factor * one[i] * other[i];
};
