/** The map of a residual's spectrum, epoch by radius, as pixels: the record, the radius and the color of each place. */

import { bisector } from 'd3-array';
import type { SpectrumRecord } from '#core/history.ts';
import { type ColorTable, levelOf } from '../../image/color-map.ts';
import type { ChartData } from '../../plot/frame/chart-data.ts';

/** Absolute residual power, or its ratio to the images' own power at that radius. */
export type PowerScale = 'relative' | 'absolute';

/** The ranges of a map's axes; compared maps share them. */
export interface MapDomain {
  /** First and last epoch, both included. */
  readonly epochs: readonly [number, number];
  /** Number of radii, from 0. */
  readonly radii: number;
}

/** Ends of a color scale, log10 of the power. */
export interface LogRange {
  readonly lower: number;
  readonly upper: number;
}

/** Place on a map: an epoch and a radius. */
export interface MapPlace {
  readonly epoch: number;
  readonly radius: number;
}

/** Radii that the axis of a map names. */
export const tickRadii: readonly number[] = [0, 1, 3, 7, 15, 31, 63, 127, 255];

/** Values further below the largest all have the same color. */
const mostDecades = 6;

/** Power of a record at a radius; NaN if the images have no power there, or the record does not have that radius. */
export const powerAt = ({ power, inputPower }: SpectrumRecord, radius: number, scale: PowerScale): number => {
  const value = power[radius] ?? Number.NaN;
  if (scale === 'absolute') return value;
  const input = inputPower[radius] ?? 0;
  return input > 0 ? value / input : Number.NaN;
};

/** The axes that hold all records of some runs; undefined if there are none. */
export const domainOf = (runs: readonly (readonly SpectrumRecord[])[]): MapDomain | undefined => {
  const ends = runs.flatMap((records) => (records.length > 0 ? [records[0]!, records.at(-1)!] : []));
  if (ends.length === 0) return undefined;
  return {
    // Epochs are at least 1, unless a run was stopped before the end of its first.
    epochs: [Math.min(1, ...ends.map(({ epoch }) => epoch)), Math.max(...ends.map(({ epoch }) => epoch))],
    radii: Math.max(...ends.map(({ power }) => power.length)),
  };
};

/** A color scale in half decades: it stays the same while values move. */
export const logRangeOf = (
  runs: readonly (readonly SpectrumRecord[])[],
  scale: PowerScale,
): LogRange | undefined => {
  let least = Number.POSITIVE_INFINITY;
  let most = 0;
  for (const records of runs) {
    for (const record of records) {
      for (let radius = 0; radius < record.power.length; radius++) {
        const value = powerAt(record, radius, scale);
        if (!(value > 0)) continue;
        if (value < least) least = value;
        if (value > most) most = value;
      }
    }
  }
  if (most === 0) return undefined;
  const upper = Math.ceil(2 * Math.log10(most)) / 2;
  const lower = Math.max(upper - mostDecades, Math.floor(2 * Math.log10(least)) / 2);
  return { lower, upper: Math.max(upper, lower + 0.5) };
};

/** Height of a radius's lower edge, 0 to 1, in proportion to log2(1 + radius): octaves have nearly the same height. */
export const heightOfRadius = (radius: number, radii: number): number =>
  Math.log2(radius + 1) / Math.log2(radii + 1);

/** The radius at a height above the lower edge, 0 to below 1. */
export const radiusAtHeight = (height: number, radii: number): number =>
  Math.min(radii - 1, Math.max(0, Math.floor((radii + 1) ** height) - 1));

/** The epoch at a share of the map's width, 0 to 1. */
export const epochAt = (share: number, { epochs: [first, last] }: MapDomain): number =>
  Math.min(last, Math.max(first, first + Math.floor(share * (last - first + 1))));

const byEpoch = bisector(({ epoch }: SpectrumRecord) => epoch);

/** The last record up to an epoch, or undefined: an epoch between two probes is most like the earlier one. */
export const recordAt = (records: readonly SpectrumRecord[], epoch: number): SpectrumRecord | undefined =>
  records[byEpoch.right(records, epoch) - 1];

/** Columns of the picture: one per epoch, up to the resolution of a screen. */
export const mapColumns = ({ epochs: [first, last] }: MapDomain): number => Math.min(320, last - first + 1);

/** Paints a map, RGBA, [rows, columns], the largest radius on top; transparent without a record or value. */
export const paintMap = (
  records: readonly SpectrumRecord[],
  domain: MapDomain,
  scale: PowerScale,
  { lower, upper }: LogRange,
  table: ColorTable,
  rows: number,
): Uint8ClampedArray<ArrayBuffer> => {
  const columns = mapColumns(domain);
  const words = new Uint32Array(columns * rows);
  const radii = Array.from({ length: rows }, (_, row) =>
    radiusAtHeight(1 - (row + 0.5) / rows, domain.radii),
  );
  const last = records.at(-1)?.epoch ?? Number.NEGATIVE_INFINITY;
  for (let column = 0; column < columns; column++) {
    // The right end of a column: if it holds several epochs, it shows the latest.
    const epoch = epochAt((column + 1) / columns - 1e-9, domain);
    const record = recordAt(records, epoch);
    if (!record || epochAt(column / columns, domain) > last) continue;
    for (let row = 0; row < rows; row++) {
      const value = powerAt(record, radii[row]!, scale);
      if (Number.isNaN(value)) continue;
      words[row * columns + column] = table[levelOf(Math.log10(value), lower, upper)]!;
    }
  }
  return new Uint8ClampedArray(words.buffer);
};

/** The quantity that the colors stand for. */
export const powerUnits: Readonly<Record<PowerScale, string>> = {
  relative: 'residual / image power',
  absolute: 'part of the mean squared residual',
};

/** A map as a table, a row per epoch and a column per radius; no value if the images have no power there. */
export const mapData = (records: readonly SpectrumRecord[], scale: PowerScale): ChartData => {
  const radii = Math.max(0, ...records.map(({ power }) => power.length));
  const all = Array.from({ length: radii }, (_, radius) => radius);
  return {
    columns: [
      { key: 'epoch', label: 'epoch' },
      { key: 'step', label: 'step' },
      ...all.map((radius) => ({ key: `${radius}`, label: `radius ${radius}` })),
    ],
    rows: records.map((record) => ({
      epoch: record.epoch,
      step: record.step,
      ...Object.fromEntries(all.map((radius) => [`${radius}`, powerAt(record, radius, scale)])),
    })),
  };
};
