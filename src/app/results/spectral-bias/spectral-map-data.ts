/** A map of a residual's spectrum as a table: a row an epoch, a column a radius. */
import type { SpectrumRecord } from '#core/history.ts';
import type { ChartData } from '../../plot/frame/chart-data.ts';
import { type PowerScale, powerAt } from './spectral-map.ts';

/** What the colors of a map mean. */
export const powerUnits: Readonly<Record<PowerScale, string>> = {
  relative: 'residual / image power',
  absolute: 'part of the mean squared residual',
};

/** All records, with all radii; no value where the images have no power to compare with. */
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
