/** The figures of a chart as a file of comma-separated values (RFC 4180). */
import { type ChartCell, type ChartData, headingOf } from './chart-data.ts';

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** Numbers in the shortest form that reads back as the same float64; what has no value is empty. */
const field = (cell: ChartCell): string => {
  if (cell === undefined || (typeof cell === 'number' && Number.isNaN(cell))) return '';
  return quoted(String(cell));
};

/** A header line, then all rows; every line ends with CRLF. */
export const chartCsv = ({ columns, rows }: ChartData): string =>
  [
    columns.map((column) => quoted(headingOf(column))),
    ...rows.map((row) => columns.map(({ key }) => field(row[key]))),
  ]
    .map((fields) => `${fields.join(',')}\r\n`)
    .join('');
