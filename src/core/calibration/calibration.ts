/** A residual's squared distance from those of good images, in units of their spread. */
import { type ResidualStatistics, triangleIndex } from './residual-statistics.ts';

/** Share of the pooled variance that is added to each variance. */
const ridgeShare = 0.01;

/**
 * Least variance that is added: that of a residual of 1e-6, some ten roundings of a float32 in [0, 1]. It counts only where
 * good images leave the same residual at every pixel, whose pooled variance is 0: then K stays regular.
 */
const leastRidge = 1e-12;

/** What the distance of a residual needs at each pixel: d components, K = L L^T. */
export interface Calibration {
  /** m: d planes [S, S] row-major. */
  readonly mean: readonly Float64Array[];
  /** L as d (d + 1) / 2 planes [S, S], by `triangleIndex`; on the diagonal its reciprocals. */
  readonly factor: readonly Float64Array[];
}

/** What is added to the variance of each component: 0.01 tr(C_g) / 3, and with bands 0.01 diag(C_g). */
const ridges = ({ settings, mean, pooledCovariance }: ResidualStatistics): Float64Array => {
  const variances = Float64Array.from(mean, (_, i) => pooledCovariance[triangleIndex(i, i)]);
  const average = variances.reduce((sum, variance) => sum + variance, 0) / variances.length;
  return variances.map((variance) =>
    Math.max(leastRidge, ridgeShare * (settings.calibrationBands === 'on' ? variance : average)),
  );
};

/** Replaces a positive definite matrix, as its lower triangle, by its Cholesky factor with reciprocals on the diagonal. */
const factorise = (matrix: Float64Array, size: number): void => {
  for (let i = 0; i < size; i++) {
    const row = (i * (i + 1)) / 2;
    for (let j = 0; j <= i; j++) {
      const column = (j * (j + 1)) / 2;
      let value = matrix[row + j];
      for (let k = 0; k < j; k++) value -= matrix[row + k] * matrix[column + k];
      matrix[row + j] = j < i ? value * matrix[column + j] : 1 / Math.sqrt(value);
    }
  }
};

/**
 * The calibration by statistics of good images:
 * m = (1 - a) mu + a mu_g and K = (1 - a) C + a C_g + ridge, factorised at each pixel.
 * @param pooling a, 0 ("this pixel") to 1 ("all pixels")
 * @returns new arrays, as large as the statistics
 */
export const calibrate = (statistics: ResidualStatistics, pooling: number): Calibration => {
  const { mean, covariance, pooledMean, pooledCovariance } = statistics;
  const size = mean.length;
  const own = 1 - pooling;
  const pooled = pooledCovariance.map((value) => pooling * value);
  ridges(statistics).forEach((ridge, i) => {
    pooled[triangleIndex(i, i)] += ridge;
  });
  const factor = covariance.map(({ length }) => new Float64Array(length));
  const matrix = new Float64Array(covariance.length);
  for (let pixel = 0; pixel < mean[0].length; pixel++) {
    for (let at = 0; at < matrix.length; at++) matrix[at] = own * covariance[at][pixel] + pooled[at];
    factorise(matrix, size);
    for (let at = 0; at < matrix.length; at++) factor[at][pixel] = matrix[at];
  }
  return {
    mean: mean.map((plane, i) => Float64Array.from(plane, (value) => own * value + pooling * pooledMean[i])),
    factor,
  };
};

/** target -= one * other. */
const subtractProduct = (target: Float64Array, one: Float64Array, other: Float64Array): void => {
  for (let i = 0; i < target.length; i++) target[i] -= one[i] * other[i];
};

/**
 * Adds (r - m)^T K^-1 (r - m) at each pixel: the squared length of L^-1 (r - m), by forward substitution.
 * @param planes r: d components [S, S]; they are overwritten
 * @param map [S, S] row-major, of squared distances: unit sigma^2
 */
export const addDistances = (
  { mean, factor }: Calibration,
  planes: readonly Float64Array[],
  map: Float64Array,
): void => {
  for (let i = 0; i < planes.length; i++) {
    const plane = planes[i];
    for (let pixel = 0; pixel < plane.length; pixel++) plane[pixel] -= mean[i][pixel];
    for (let j = 0; j < i; j++) subtractProduct(plane, factor[triangleIndex(i, j)], planes[j]);
    const reciprocal = factor[triangleIndex(i, i)];
    for (let pixel = 0; pixel < plane.length; pixel++) {
      const length = plane[pixel] * reciprocal[pixel];
      plane[pixel] = length;
      map[pixel] += length * length;
    }
  }
};
