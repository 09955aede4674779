/** The squared Mahalanobis distance of a residual from the residuals of good images. */
import { groupPixels, groupsOf } from './kernels/addresses.ts';
import { groupedLength, groupsInScratch, rowsOf } from './kernels/grouped-planes.ts';
import { kernelMemory, scratch } from './kernels/kernel-memory.ts';
import type { ComponentSettings } from './residual-components.ts';
import { type ResidualStatistics, type StatisticsPlane, triangleIndex } from './residual-statistics.ts';

/** Fraction of the pooled variance that is added to each variance. */
const ridgeShare = 0.01;

/**
 * Minimum added variance: that of a residual of 1e-6, some ten roundings of a float32 in [0, 1]. It matters only if good
 * images leave the same residual at every pixel, which makes the pooled variance 0: K then stays regular.
 */
const leastRidge = 1e-12;

/** The values needed at each pixel to compute the distance of a residual: d components, K = L L^T. */
export interface Calibration {
  /** Settings that determine how residuals are split. */
  readonly settings: ComponentSettings;
  /** d. */
  readonly components: number;
  /** S^2. */
  readonly pixels: number;
  /**
   * m and L in groups of 8 pixels (`grouped-planes.ts`): d rows of means, then the lower triangle of L, with reciprocals on
   * the diagonal. Values beyond the last pixel are ignored.
   */
  readonly values: Float64Array;
}

/** The ridge of each component's variance: 0.01 tr(C_g) / 3, or with bands 0.01 diag(C_g). */
const ridges = ({ settings, mean, pooledCovariance }: ResidualStatistics): Float64Array => {
  const variances = Float64Array.from(mean, (_, i) => pooledCovariance[triangleIndex(i, i)]);
  const average = variances.reduce((sum, variance) => sum + variance, 0) / variances.length;
  return variances.map((variance) =>
    Math.max(leastRidge, ridgeShare * (settings.calibrationBands === 'on' ? variance : average)),
  );
};

/** Writes `own` times part of a plane, plus a constant, to the plane's row of each group. */
const fillRow = (
  plane: StatisticsPlane,
  own: number,
  constant: number,
  first: number,
  target: Float64Array,
  row: number,
  rows: number,
): void => {
  const step = rows * groupPixels;
  for (let at = row * groupPixels, pixel = first; at < target.length; at += step, pixel += groupPixels) {
    const count = Math.min(groupPixels, plane.length - pixel);
    for (let lane = 0; lane < count; lane++) target[at + lane] = own * plane[pixel + lane] + constant;
  }
};

/**
 * Computes the calibration from statistics of good images:
 * m = (1 - a) mu + a mu_g and K = (1 - a) C + a C_g + ridge, factorized at each pixel.
 * @param pooling a, 0 ("this pixel") to 1 ("all pixels")
 * @returns new arrays, the size of the statistics
 */
export const calibrate = (statistics: ResidualStatistics, pooling: number): Calibration => {
  const { settings, mean, covariance, pooledMean, pooledCovariance } = statistics;
  const components = mean.length;
  const pixels = mean[0].length;
  const planes = [...mean, ...covariance];
  const constants = [...pooledMean, ...pooledCovariance].map((value) => pooling * value);
  ridges(statistics).forEach((ridge, i) => {
    constants[components + triangleIndex(i, i)] += ridge;
  });
  const rows = rowsOf(components);
  const values = new Float64Array(groupedLength(components, pixels));
  const memory = kernelMemory();
  const atOnce = groupsInScratch(components);
  const groups = groupsOf(pixels);
  for (let first = 0; first < groups; first += atOnce) {
    const count = Math.min(atOnce, groups - first);
    const part = memory.floats(scratch.address, count * rows * groupPixels);
    planes.forEach((plane, row) => {
      fillRow(plane, 1 - pooling, constants[row], first * groupPixels, part, row, rows);
    });
    memory.factorize(count, components);
    values.set(part, first * rows * groupPixels);
  }
  return { settings, components, pixels, values };
};
