/** The map of a residual's spectrum, epoch by radius, as pixels: the record and the color of each place. */

import { bisector } from 'd3-array';
import type { SpectrumRecord } from '#core/history.ts';
import { type ColorTable, redBlue, viridis } from '../../image/color-map.ts';
import type { ChartData } from '../../plot/frame/chart-data.ts';
import { epochAt, isGap, type MapDomain, mapColumns, radiusAtHeight } from './map-geometry.ts';

/** Absolute residual power, or its ratio to the images' own power at that radius. */
export type PowerScale = 'relative' | 'absolute';

/** A color scale of log10 of the power. */
export interface LogScale {
  readonly table: ColorTable;
  readonly lower: number;
  /** The value of the table's middle color. */
  readonly middle: number;
  readonly upper: number;
}

/** Values further below the largest all have the same color. */
const mostDecades = 6;

/** On a diverging scale, values further from 1 all have the same color. */
const mostBelow = 3;
const mostAbove = 1;

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

/** Least and largest positive power besides the mean, log10; undefined without any. */
const extentOf = (
  runs: readonly (readonly SpectrumRecord[])[],
  scale: PowerScale,
): readonly [number, number] | undefined => {
  let least = Number.POSITIVE_INFINITY;
  let most = 0;
  for (const records of runs) {
    for (const record of records) {
      for (let radius = 1; radius < record.power.length; radius++) {
        const value = powerAt(record, radius, scale);
        if (!(value > 0)) continue;
        if (value < least) least = value;
        if (value > most) most = value;
      }
    }
  }
  return most > 0 ? [Math.log10(least), Math.log10(most)] : undefined;
};

const halfDecadeBelow = (exponent: number): number => Math.floor(2 * exponent) / 2;
const halfDecadeAbove = (exponent: number): number => Math.ceil(2 * exponent) / 2;

/**
 * The color scale of all records of some runs, in half decades: it stays the same while values move, and only grows with
 * further records. The mean does not count: it would take most of the scale. Relative power diverges about 1, where nothing is
 * learned; its two sides have their own lengths.
 */
export const logScaleOf = (
  runs: readonly (readonly SpectrumRecord[])[],
  scale: PowerScale,
): LogScale | undefined => {
  const extent = extentOf(runs, scale);
  if (!extent) return undefined;
  const [least, most] = extent;
  if (scale === 'relative') {
    return {
      table: redBlue,
      lower: Math.max(-mostBelow, Math.min(-0.5, halfDecadeBelow(least))),
      middle: 0,
      upper: Math.min(mostAbove, Math.max(0.5, halfDecadeAbove(most))),
    };
  }
  const upper = halfDecadeAbove(most);
  const lower = Math.max(upper - mostDecades, Math.min(upper - 0.5, halfDecadeBelow(least)));
  return { table: viridis, lower, middle: (lower + upper) / 2, upper };
};

/** The color scale of a ratio of two runs: as far above 1 as below. */
export const ratioScaleOf = (records: readonly SpectrumRecord[]): LogScale | undefined => {
  const extent = extentOf([records], 'relative');
  if (!extent) return undefined;
  const reach = Math.min(1, Math.max(0.5, halfDecadeAbove(Math.max(-extent[0], extent[1]))));
  return { table: redBlue, lower: -reach, middle: 0, upper: reach };
};

/** Place of a value on a color scale, 0 to 1. */
export const shareOn = ({ lower, middle, upper }: LogScale, exponent: number): number => {
  const share =
    exponent < middle
      ? (0.5 * (exponent - lower)) / (middle - lower)
      : 0.5 + (0.5 * (exponent - middle)) / (upper - middle);
  return Math.min(1, Math.max(0, share));
};

const byEpoch = bisector(({ epoch }: SpectrumRecord) => epoch);

/** The last record up to an epoch, or undefined: an epoch between two probes is most like the earlier one. */
export const recordAt = (records: readonly SpectrumRecord[], epoch: number): SpectrumRecord | undefined =>
  records[byEpoch.right(records, epoch) - 1];

/**
 * The relative power of one run divided by that of another, as records whose relative power is that ratio: one for each record
 * of the first from the second's first on.
 */
export const ratioRecords = (
  records: readonly SpectrumRecord[],
  others: readonly SpectrumRecord[],
): readonly SpectrumRecord[] => {
  const last = others.at(-1)?.epoch ?? Number.NEGATIVE_INFINITY;
  return records.flatMap((record) => {
    const other = record.epoch <= last ? recordAt(others, record.epoch) : undefined;
    if (!other || other.power.length !== record.power.length) return [];
    const relative = (of: SpectrumRecord): Float32Array =>
      of.power.map((_, radius) => powerAt(of, radius, 'relative'));
    return [{ epoch: record.epoch, step: record.step, power: relative(record), inputPower: relative(other) }];
  });
};

/** Paints a map, RGBA, [rows, columns], the largest radius on top; transparent without a record or value. */
export const paintMap = (
  records: readonly SpectrumRecord[],
  domain: MapDomain,
  scale: PowerScale,
  colors: LogScale,
  rows: number,
): Uint8ClampedArray<ArrayBuffer> => {
  const columns = mapColumns(domain);
  const words = new Uint32Array(columns * rows);
  const radii = Array.from({ length: rows }, (_, row) => {
    const height = 1 - (row + 0.5) / rows;
    return isGap(height) ? undefined : radiusAtHeight(height, domain.radii);
  });
  const last = records.at(-1)?.epoch ?? Number.NEGATIVE_INFINITY;
  const top = colors.table.length - 1;
  for (let column = 0; column < columns; column++) {
    // The right end of a column: if it holds several epochs, it shows the latest.
    const epoch = epochAt((column + 1) / columns - 1e-9, domain);
    const record = recordAt(records, epoch);
    if (!record || epochAt(column / columns, domain) > last) continue;
    for (let row = 0; row < rows; row++) {
      const radius = radii[row];
      if (radius === undefined) continue;
      const value = powerAt(record, radius, scale);
      if (Number.isNaN(value)) continue;
      words[row * columns + column] = colors.table[Math.round(top * shareOn(colors, Math.log10(value)))]!;
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
