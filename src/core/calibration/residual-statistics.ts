/** Mean and covariance of residuals, at each pixel and over all pixels. */

import { usesCalibration } from '../scores/score-names.ts';
import type { ScoreSettings } from '../scores/score-settings.ts';
import type { ComponentSettings } from './residual-components.ts';

/**
 * Statistics of the residuals of good images. A residual has d components at each pixel: its channels, or these in bands.
 * Covariances are those of the population, stored as the lower triangle: entry (i, j), j <= i, at index i (i + 1) / 2 + j.
 */
export interface ResidualStatistics {
  /** Settings that determine how residuals are split. */
  readonly settings: ComponentSettings;
  /** Number of images, at least 1. */
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

/** Float64 as learned; float32 to save memory. */
export type StatisticsPlane = Float64Array | Float32Array;

/** Whether these statistics allow a score with these settings: it needs no calibration, or one with these components. */
export const suffices = (statistics: ResidualStatistics | undefined, settings: ScoreSettings): boolean =>
  !usesCalibration(settings) ||
  (statistics !== undefined &&
    statistics.settings.bandLow === settings.bandLow &&
    statistics.settings.bandHigh === settings.bandHigh &&
    statistics.settings.calibrationBands === settings.calibrationBands);

/** Converts the planes to float32: half the memory, with a relative error of 2^-24. */
export const asFloat32 = (statistics: ResidualStatistics): ResidualStatistics => ({
  ...statistics,
  mean: statistics.mean.map((plane) => Float32Array.from(plane)),
  covariance: statistics.covariance.map((plane) => Float32Array.from(plane)),
});

/** Index of entry (i, j), j <= i, of a symmetric matrix that is stored as its lower triangle. */
export const triangleIndex = (i: number, j: number): number => (i * (i + 1)) / 2 + j;
