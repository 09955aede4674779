/** The values of a chart as a table: one definition for the page's table and for the file. */
import { toCsv } from '#core/csv.ts';
import { formatFigure } from '../../ui/format.ts';
import { type Curve, mergeCurves } from '../curves.ts';

/** A value of a row; undefined if there is none. */
export type ChartCell = number | string | undefined;

export interface ChartColumn {
  readonly key: string;
  readonly label: string;
  /** Absent for plain numbers. */
  readonly unit?: string;
  /** How the page writes its numbers; by default four digits, or all of a whole number. Files have all digits. */
  readonly format?: (value: number) => string;
}

export interface ChartData {
  /** The first names the row. */
  readonly columns: readonly ChartColumn[];
  readonly rows: readonly Readonly<Record<string, ChartCell>>[];
}

/** `radius (cycles per image)`. */
export const headingOf = ({ label, unit }: ChartColumn): string =>
  unit === undefined ? label : `${label} (${unit})`;

/** A cell as the page shows it. */
export const cellText = ({ format }: ChartColumn, cell: ChartCell): string => {
  if (cell === undefined || (typeof cell === 'number' && Number.isNaN(cell))) return '–';
  if (typeof cell === 'string') return cell;
  if (format) return format(cell);
  return Number.isInteger(cell) ? String(cell) : formatFigure(cell, 4);
};

/** A curve with its column. */
export interface CurveColumn extends Curve, Omit<ChartColumn, 'key'> {}

/** Curves over one abscissa: a row for each x that one of them has. */
export const curvesData = (abscissa: ChartColumn, curves: readonly CurveColumn[]): ChartData => ({
  columns: [{ ...abscissa, key: 'x' }, ...curves.map(({ points: _points, ...column }) => column)],
  rows: mergeCurves(curves),
});

/** At most `most` of the items, evenly spread, including the first and the last. */
export const evenlyChosen = <T>(items: readonly T[], most: number): readonly T[] => {
  if (items.length <= most) return items;
  return Array.from({ length: most }, (_, i) => items[Math.round((i * (items.length - 1)) / (most - 1))]!);
};

/** A header line, then all rows; every line ends with CRLF. */
export const chartCsv = ({ columns, rows }: ChartData): string =>
  toCsv(
    columns.map(headingOf),
    rows.map((row) => columns.map(({ key }) => row[key])),
  );
