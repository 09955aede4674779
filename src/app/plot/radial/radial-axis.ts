/** The axes of radial curves: radius in cycles per image with its period in pixels, and a ratio of powers. */

import type { CurveStyle } from '../curve-style.ts';
import type { ChartCell, ChartData } from '../frame/chart-data.ts';

/** A curve of residual power over image power, by radius. */
export interface RadialCurve {
  readonly key: string;
  readonly name: string;
  readonly style: CurveStyle;
  /** Radial power of the residual, from radius 0 on. */
  readonly power: ArrayLike<number>;
  /** Radial power of the images. */
  readonly inputPower: ArrayLike<number>;
}

/** Share of the width in which the mean is drawn, left of the other radii. */
export const meanShare = 0.055;
const start = 0.085;

/** Place of a radius on the abscissa, 0 to 1: logarithmic, the mean apart. */
export const placeOfRadius = (radius: number, corner: number): number =>
  radius === 0 ? meanShare / 2 : start + ((1 - start) * Math.log2(radius)) / Math.log2(Math.max(2, corner));

/** The whole radius at a place of the abscissa. */
export const radiusAtPlace = (place: number, corner: number): number => {
  if (place < (meanShare + start) / 2) return 0;
  const radius = Math.max(2, corner) ** Math.max(0, (place - start) / (1 - start));
  return Math.min(corner, Math.max(1, Math.round(radius)));
};

/** Radii below the axis: powers of two up to half the sampling frequency. */
export const radiusTicks = (side: number): readonly number[] =>
  Array.from({ length: Math.log2(side) }, (_, power) => 2 ** power);

/** The period of a radius in pixels, with a decimal if it is short: `5.3`; undefined for the mean, which has none. */
export const periodText = (radius: number, side: number, decimalBelow = 10): string | undefined => {
  if (radius === 0) return undefined;
  const period = side / radius;
  return period >= decimalBelow || Number.isInteger(period) ? period.toFixed(0) : period.toFixed(1);
};

/** `radius 12 cycles per image, period 5.3 px`; the mean is radius 0. */
export const radiusText = (radius: number, side: number): string => {
  const period = periodText(radius, side, 100);
  if (period === undefined) return 'mean (radius 0)';
  return `radius ${radius} ${radius === 1 ? 'cycle' : 'cycles'} per image, period ${period} px`;
};

/** Residual power over image power; NaN if the images have no power at this radius. */
export const ratioAt = (
  { power, inputPower }: Pick<RadialCurve, 'power' | 'inputPower'>,
  radius: number,
): number => {
  const input = inputPower[radius] ?? 0;
  return input > 0 ? power[radius]! / input : Number.NaN;
};

/** Ends of the ordinate, log10. */
export interface RatioRange {
  readonly lower: number;
  readonly upper: number;
}

const fewest: RatioRange = { lower: -2, upper: 0.5 };
const lowest = -5;
const highest = 2;

/** The range that holds an earlier range and all values of some curves, in half decades: it only grows. */
export const grownRange = (before: RatioRange | undefined, curves: readonly RadialCurve[]): RatioRange => {
  let { lower, upper } = before ?? fewest;
  for (const curve of curves) {
    for (let radius = 0; radius < curve.power.length; radius++) {
      const ratio = ratioAt(curve, radius);
      if (!(ratio > 0) || !Number.isFinite(ratio)) continue;
      const exponent = 2 * Math.log10(ratio);
      // Values lie inside the range, so that a curve does not run along its edge.
      if (exponent / 2 < lower) lower = Math.max(lowest, Math.floor(exponent) / 2);
      if (exponent / 2 > upper) upper = Math.min(highest, Math.ceil(exponent) / 2);
    }
  }
  return before && lower === before.lower && upper === before.upper ? before : { lower, upper };
};

/** Height of a ratio in the range, 0 to 1; values outside lie at its ends. */
export const heightOfRatio = (ratio: number, { lower, upper }: RatioRange): number =>
  Math.min(1, Math.max(0, (Math.log10(ratio) - lower) / (upper - lower)));

/** Whole decades in the range. */
export const ratioTicks = ({ lower, upper }: RatioRange): readonly number[] =>
  Array.from({ length: Math.floor(upper) - Math.ceil(lower) + 1 }, (_, i) => Math.ceil(lower) + i);

/** One row per radius, one column per curve. */
export const radialData = (curves: readonly RadialCurve[], side: number): ChartData => {
  const radii = Math.max(0, ...curves.map(({ power }) => power.length));
  return {
    columns: [
      { key: 'radius', label: 'radius', unit: 'cycles per image' },
      { key: 'period', label: 'period', unit: 'px' },
      ...curves.map(({ key, name }) => ({ key, label: `residual / image power, ${name}` })),
    ],
    rows: Array.from(
      { length: radii },
      (_, radius): Record<string, ChartCell> => ({
        radius,
        period: radius === 0 ? undefined : side / radius,
        ...Object.fromEntries(
          curves.map((curve) => [
            curve.key,
            radius < curve.power.length ? ratioAt(curve, radius) : undefined,
          ]),
        ),
      }),
    ),
  };
};
