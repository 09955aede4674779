/** The points of the weight's chart: one per ring of frequencies. */

import { radialMean } from '#core/frequency-weight/radial-mean.ts';
import type { ChartData } from '../plot/frame/chart-data.ts';

export interface SpectrumPoint {
  readonly radius: number;
  /** Mean of |F| on the ring; undefined without images. */
  readonly magnitude: number | undefined;
  /** Mean of w on the ring; undefined at radius 0, which is w(0, 0) alone. */
  readonly weight: number | undefined;
  /** Mean of the current step's weight; undefined if that is w. */
  readonly present: number | undefined;
  /** w(0, 0), at radius 0. */
  readonly dc: number | undefined;
}

interface SpectrumMaps {
  /** The final weight. All maps are [side, side] row-major, unshifted. */
  readonly weight: Float32Array;
  /** The weight of the current step, if it differs. */
  readonly present: Float32Array | undefined;
  readonly magnitude: Float32Array | undefined;
}

export const spectrumPoints = (
  { weight, present, magnitude }: SpectrumMaps,
  side: number,
): SpectrumPoint[] => {
  const magnitudes = magnitude && radialMean(magnitude, side);
  const presents = present && radialMean(present, side);
  return Array.from(radialMean(weight, side), (value, radius) => ({
    radius,
    magnitude: magnitudes?.[radius],
    weight: radius === 0 ? undefined : value,
    present: radius === 0 ? undefined : presents?.[radius],
    dc: radius === 0 ? value : undefined,
  }));
};

/** The points as a table, one row per ring; w(0, 0) is the weight of radius 0. */
export const spectrumData = (points: readonly SpectrumPoint[]): ChartData => ({
  columns: [
    { key: 'radius', label: 'radius', unit: 'cycles per image' },
    { key: 'weight', label: 'w, mean of the ring' },
    ...(points.some(({ present }) => present !== undefined)
      ? [{ key: 'present', label: 'w of the current step' }]
      : []),
    { key: 'magnitude', label: 'mean of |F| over the training images' },
  ],
  rows: points.map(({ radius, weight, dc, present, magnitude }) => ({
    radius,
    weight: weight ?? dc,
    present,
    magnitude,
  })),
});
