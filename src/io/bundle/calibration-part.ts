/** The residuals of good images, by which scores are calibrated, as safetensors. */
import type { BundlePart } from '#core/bundle/zip-parts.ts';
import type { ResidualStatistics, StatisticsPlane } from '#core/calibration/residual-statistics.ts';
import { writeSafetensors } from '../safetensors.ts';

const stacked = (planes: readonly StatisticsPlane[]): Float32Array => {
  const pixels = planes[0]?.length ?? 0;
  const all = new Float32Array(planes.length * pixels);
  for (const [index, plane] of planes.entries()) all.set(plane, index * pixels);
  return all;
};

/**
 * Writes `calibration.safetensors`: `mean` [d, S, S] and `covariance` [d (d + 1) / 2, S, S] at each pixel (the lower triangle by
 * rows), and `pooled_mean`, `pooled_covariance` over all pixels; float32, a relative error of 2^-24.
 */
export const calibrationPart = (statistics: ResidualStatistics): BundlePart => {
  const { settings, images, mean, covariance, pooledMean, pooledCovariance } = statistics;
  const side = Math.sqrt(mean[0]?.length ?? 0);
  const metadata = { format: 'pt', images: String(images), settings: JSON.stringify(settings) };
  const tensors = [
    { name: 'mean', shape: [mean.length, side, side], values: stacked(mean) },
    { name: 'covariance', shape: [covariance.length, side, side], values: stacked(covariance) },
    { name: 'pooled_mean', shape: [pooledMean.length], values: Float32Array.from(pooledMean) },
    {
      name: 'pooled_covariance',
      shape: [pooledCovariance.length],
      values: Float32Array.from(pooledCovariance),
    },
  ];
  return {
    name: 'calibration.safetensors',
    bytes: new Uint8Array(writeSafetensors({ metadata, tensors })),
  };
};
