/** The calibrated residual in plain float64, image by image and pixel by pixel: the reference for the kernels. */
import { hashValues } from '#testing/hash-values.ts';
import { createBandFilter } from '../../scores/band-filter.ts';
import { channels } from '../../scores/residual-planes.ts';
import { createRealFft2 } from '../../spectrum/fast-fft.ts';
import { type ComponentSettings, componentIntervals } from '../residual-components.ts';
import { type ResidualStatistics, triangleIndex } from '../residual-statistics.ts';

/** The pair with the residual `residual(side, series)` of `calibration_golden.py`. */
export const pairOf = (side: number, series: number) => {
  const input = Uint8Array.from(hashValues(3 * side * side, series, 0, 256));
  const noise = hashValues(3 * side * side, series + 1, -0.1, 0.15);
  const reconstruction = Float32Array.from(input, (byte, i) => {
    const pixel = Math.floor(i / 3);
    return byte / 255 + (((pixel % 7) + 1) / 7) * (noise[i] + noise[3 * pixel]);
  });
  return { input, reconstruction };
};

/** Components [S, S] of a pair's residual, each filtered separately. */
export const referenceComponents = (
  side: number,
  settings: ComponentSettings,
  { input, reconstruction }: ReturnType<typeof pairOf>,
): Float64Array[] =>
  Array.from({ length: channels }, (_, channel) =>
    componentIntervals(side, settings).map(({ low, high }) => {
      const plane = Float64Array.from(
        { length: side * side },
        (_, pixel) => input[3 * pixel + channel] / 255 - reconstruction[3 * pixel + channel],
      );
      createBandFilter(side, low, high, () => createRealFft2(side))(plane);
      return plane;
    }),
  ).flat();

const average = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Mean and covariances at one pixel, in two passes. */
export const referenceAt = (images: readonly Float64Array[][], pixel: number) => {
  const mean = images[0].map((_, i) => average(images.map((planes) => planes[i][pixel])));
  const covariance = mean.flatMap((_, i) =>
    mean
      .slice(0, i + 1)
      .map((_, j) =>
        average(images.map((planes) => (planes[i][pixel] - mean[i]) * (planes[j][pixel] - mean[j]))),
      ),
  );
  return { mean, covariance };
};

/** Solves A x = b by Gaussian elimination with pivots on the diagonal, which a positive definite A allows. */
const solve = (matrix: readonly (readonly number[])[], right: readonly number[]): number[] => {
  const rows = matrix.map((row, i) => [...row, right[i]]);
  for (let k = 0; k < rows.length; k++) {
    for (let i = k + 1; i < rows.length; i++) {
      const factor = rows[i][k] / rows[k][k];
      for (let j = k; j <= rows.length; j++) rows[i][j] -= factor * rows[k][j];
    }
  }
  const x = right.map(() => 0);
  for (let i = rows.length - 1; i >= 0; i--) {
    const known = x.reduce((sum, value, j) => (j > i ? sum + rows[i][j] * value : sum), 0);
    x[i] = (rows[i][rows.length] - known) / rows[i][i];
  }
  return x;
};

/** Squared distance of a residual's components at one pixel, in the settings' bands. */
export const referenceDistance = (
  statistics: ResidualStatistics,
  pooling: number,
  planes: readonly Float64Array[],
  pixel: number,
): number => {
  const { settings, mean, covariance, pooledMean, pooledCovariance } = statistics;
  const variances = mean.map((_, i) => pooledCovariance[triangleIndex(i, i)]);
  const mix = (own: number, pooled: number): number => (1 - pooling) * own + pooling * pooled;
  const matrix = mean.map((_, i) =>
    mean.map((_, j) => {
      const at = i < j ? triangleIndex(j, i) : triangleIndex(i, j);
      const ridge = settings.calibrationBands === 'on' ? variances[i] : average(variances);
      const added = i === j ? Math.max(1e-12, 0.01 * ridge) : 0;
      return mix(covariance[at][pixel], pooledCovariance[at]) + added;
    }),
  );
  const gap = mean.map((plane, i) => planes[i][pixel] - mix(plane[pixel], pooledMean[i]));
  return solve(matrix, gap).reduce((sum, value, i) => sum + value * gap[i], 0);
};
