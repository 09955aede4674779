/** Errors of bands of radius over the epochs, thinned for drawing. */
import type { SpectrumRecord } from '#core/history.ts';
import { bandPower, octaveBands, type RadiusBand } from '#core/spectrum/octave-bands.ts';
import type { ChartCell, ChartData } from '../../plot/frame/chart-data.ts';
import type { PowerScale } from '../../shared/spectrum/spectral-map.ts';

/** One epoch: the error of each band, in the order of `octaveBands`; undefined if it has no logarithm. */
export interface BandPoint {
  readonly epoch: number;
  readonly errors: readonly (number | undefined)[];
}

/** A row of the chart, for one run or two: keys `shown0` to `shown5` and `compared0` to `compared5`. */
export type BandRow = Readonly<Record<string, number>> & { readonly epoch: number };

/** Color of the band with this number. */
export const bandColor = (band: number): string => `var(--band-${band})`;

/** A band by its radii: `0`, `1–3`. */
export const bandName = ({ from, to }: RadiusBand): string => (from === to ? `${from}` : `${from}–${to}`);

const errorOf = (
  { power, inputPower }: SpectrumRecord,
  band: RadiusBand,
  scale: PowerScale,
): number | undefined => {
  const value = bandPower(power, band) / (scale === 'relative' ? bandPower(inputPower, band) : 1);
  return value > 0 && Number.isFinite(value) ? value : undefined;
};

/**
 * At most `most` records, evenly spread, always including the last.
 * @param side side S of the run's images
 */
export const bandSeries = (
  records: readonly SpectrumRecord[],
  side: number,
  scale: PowerScale,
  most: number,
): readonly BandPoint[] => {
  const bands = octaveBands(side);
  const count = Math.min(most, records.length);
  return Array.from({ length: count }, (_, i) => {
    const record = records[Math.floor(((i + 1) * records.length) / count) - 1]!;
    return { epoch: record.epoch, errors: bands.map((band) => errorOf(record, band, scale)) };
  });
};

/** Both runs' points by epoch, as rows of the chart. */
export const bandRows = (shown: readonly BandPoint[], compared: readonly BandPoint[]): readonly BandRow[] => {
  const rows = new Map<number, Record<string, number>>();
  const add = (name: string, points: readonly BandPoint[]): void => {
    for (const { epoch, errors } of points) {
      const row = rows.get(epoch) ?? {};
      errors.forEach((error, band) => {
        if (error !== undefined) row[`${name}${band}`] = error;
      });
      rows.set(epoch, row);
    }
  };
  add('shown', shown);
  add('compared', compared);
  return Array.from(rows, ([epoch, errors]) => ({ ...errors, epoch })).sort((a, b) => a.epoch - b.epoch);
};

/** The dashes of the run that is shown and of the run that it is compared with. */
export const bandDashes = ['', '4 3'] as const;

interface NamedBands {
  /** Empty if there is one run only. */
  readonly name: string;
  readonly points: readonly BandPoint[];
}

/** The bands of one run or two as a table, a row per epoch. */
export const bandData = (runs: readonly NamedBands[], bands: readonly string[]): ChartData => {
  const rows = new Map<number, Record<string, ChartCell>>();
  runs.forEach(({ points }, place) => {
    for (const { epoch, errors } of points) {
      const row = rows.get(epoch) ?? { epoch };
      errors.forEach((error, band) => {
        row[`${place} ${band}`] = error;
      });
      rows.set(epoch, row);
    }
  });
  return {
    columns: [
      { key: 'epoch', label: 'epoch' },
      ...runs.flatMap(({ name }, place) =>
        bands.map((band, index) => ({
          key: `${place} ${index}`,
          label: `radius ${band}${name === '' ? '' : `, ${name}`}`,
        })),
      ),
    ],
    rows: [...rows.values()].sort((one, other) => Number(one['epoch']) - Number(other['epoch'])),
  };
};
