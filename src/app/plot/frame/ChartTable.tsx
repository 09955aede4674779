/** The values of a chart as a table: the alternative for readers who cannot see the curves. */
import { memo, useEffect, useId, useMemo, useRef, useState } from 'react';
import { formatCount } from '../../ui/format.ts';
import { useScrollRegion } from '../../ui/use-scroll-region.ts';
import { type ChartData, cellText, evenlyChosen, headingOf } from './chart-data.ts';

interface ChartTableProps {
  readonly title: string;
  readonly data: () => ChartData;
}

/** More than anyone reads; a file has all rows. */
const mostRows = 200;
/** Nobody reads a table that changes ten times a second. */
const refreshMs = 1000;

/** A value that is read at an interval only. */
const useEvery = <T,>(value: T, intervalMs: number): T => {
  const [shown, setShown] = useState(() => value);
  const latest = useRef(value);
  useEffect(() => {
    latest.current = value;
  });
  useEffect(() => {
    const timer = setInterval(() => setShown(() => latest.current), intervalMs);
    return () => clearInterval(timer);
  }, [intervalMs]);
  return shown;
};

export const ChartTable = memo(({ title, data }: ChartTableProps) => {
  const makeData = useEvery(data, refreshMs);
  const { columns, rows } = useMemo(makeData, [makeData]);
  const shown = evenlyChosen(rows, mostRows);
  const caption = useId();
  const scroll = useScrollRegion('both');
  const [nameColumn, ...valueColumns] = columns;
  if (!nameColumn) return null;
  return (
    <section className="chart-table" aria-labelledby={caption} {...scroll}>
      <table className="number">
        <caption id={caption}>
          {title}, {formatCount(rows.length, 'row')}
          {shown.length < rows.length && `: ${shown.length} of them, evenly chosen; the CSV has all`}
        </caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.key} scope="col">
                {headingOf(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name of their own and keep no state.
            <tr key={index}>
              <th scope="row">{cellText(nameColumn, row[nameColumn.key])}</th>
              {valueColumns.map((column) => (
                <td key={column.key}>{cellText(column, row[column.key])}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
});
ChartTable.displayName = 'ChartTable';
