/** The axis of the energy within a radius, and its figures as a table. */
import type { ChartData } from '../../plot/frame/chart-data.ts';

/** Place of a radius on the axis, 0 to 1: logarithmic, since most energy lies at the lowest radii. */
export const placeOf = (radius: number, most: number): number => Math.log1p(radius) / Math.log1p(most);

/** Radii to write below the axis: 0, powers of two up to the image's highest row frequency, and the corner. */
export const energyTicks = (side: number): readonly number[] => [
  0,
  ...Array.from({ length: Math.log2(side) }, (_, power) => 2 ** power),
  Math.round(side / Math.SQRT2),
];

/** A row a radius. */
export const energyData = (energyWithin: Float64Array | undefined): ChartData => ({
  columns: [
    { key: 'radius', label: 'radius', unit: 'periods per image' },
    { key: 'share', label: 'share of the energy within' },
  ],
  rows: Array.from(energyWithin ?? [], (share, radius) => ({ radius, share })),
});
