/** Formats the bench's rows as lines of a table. */
import type { BenchRow } from './bench-row.ts';

const figure = (value: number | null): string => {
  if (value === null) return '-';
  return Math.abs(value) >= 1000 ? value.toFixed(0) : value.toPrecision(3);
};

const share = (value: number | null): string => (value === null ? '-' : `${(100 * value).toFixed(1)} %`);

const line = (id: string, values: readonly string[], baseline: string): string =>
  `${id.padEnd(48)}${values.map((value) => value.padStart(11)).join('')}  ${baseline}`.trimEnd();

/** The column heads. */
export const tableHead = (): string =>
  line('', ['ms', 'baseline', 'ratio', 'GFLOP/s', 'of FMA', 'GB/s', 'of copy'], 'against');

/** One row, or the reason that it has no values. */
export const tableLine = (row: BenchRow): string => {
  if (row.error !== null) return `${row.id.padEnd(48)} failed: ${row.error}`;
  const values = [
    figure(row.medianMs),
    figure(row.baselineMs),
    figure(row.ratio),
    figure(row.gflops),
    share(row.fmaShare),
    figure(row.gbs),
    share(row.copyShare),
  ];
  return line(row.id, values, row.baseline ?? '');
};
