/** Curves of the residual's power by band of radius, on a logarithmic axis; the curves of a second run are dashed. */

import { memo, useMemo } from 'react';
import { CartesianGrid, Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { axisStyle, chartMargin, gridStyle } from '../../plot/axis-style.ts';
import { countAxis, logAxis } from '../../plot/ticks.ts';
import { formatFigure } from '../../ui/format.ts';
import { BandSwatch } from './BandSwatch.tsx';
import { type BandRow, bandColor, bandDashes } from './band-series.ts';

interface BandChartProps {
  readonly rows: readonly BandRow[];
  /** Names of the bands, by radius. */
  readonly bands: readonly string[];
  /** Labels of the runs: the solid one, and the dashed one if there are two. */
  readonly runs: readonly string[];
}

const runKeys = ['shown', 'compared'] as const;
/** Room for half of the last epoch's label. */
const margin = { ...chartMargin, right: 14 };

const valuesOf = (rows: readonly BandRow[]): number[] =>
  rows.flatMap(({ epoch: _epoch, ...values }) => Object.values(values));

interface BandTooltipProps extends Pick<BandChartProps, 'bands' | 'runs'> {
  readonly row: BandRow;
}

const BandTooltip = ({ row, bands, runs }: BandTooltipProps) => (
  <div className="chart-tooltip number">
    <table className="band-tooltip">
      <thead>
        <tr>
          <th>epoch {row.epoch}</th>
          {runs.map((run, place) => (
            <th key={runKeys[place]}>{run}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {bands.map((band, index) => (
          <tr key={band}>
            <th>
              <BandSwatch band={index} /> {band}
            </th>
            {runs.map((_run, place) => {
              const value = row[`${runKeys[place]}${index}`];
              return <td key={runKeys[place]}>{value === undefined ? '' : formatFigure(value)}</td>;
            })}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);

const BandChart = ({ rows, bands, runs }: BandChartProps) => {
  const axis = useMemo(() => logAxis(valuesOf(rows)), [rows]);
  const epochs = useMemo(() => countAxis(Math.min(1, rows[0]?.epoch ?? 1), rows.at(-1)?.epoch), [rows]);
  return (
    <ResponsiveContainer width="100%" height="100%">
      <LineChart data={[...rows]} margin={margin}>
        <CartesianGrid {...gridStyle} />
        <XAxis
          {...axisStyle}
          dataKey="epoch"
          type="number"
          domain={[...epochs.domain]}
          ticks={[...epochs.ticks]}
          height={18}
        />
        <YAxis
          {...axisStyle}
          scale="log"
          domain={[...axis.domain]}
          ticks={rows.length > 0 ? [...axis.ticks] : []}
          tickFormatter={(tick: number) => formatFigure(tick, 1)}
          allowDataOverflow
          width={44}
        />
        <Tooltip
          isAnimationActive={false}
          content={({ active, payload }) => {
            const row = payload?.[0]?.payload as BandRow | undefined;
            return active && row ? <BandTooltip row={row} bands={bands} runs={runs} /> : null;
          }}
        />
        {runs.map((_run, place) =>
          bands.map((band, index) => (
            <Line
              key={`${runKeys[place]} ${band}`}
              dataKey={`${runKeys[place]}${index}`}
              stroke={bandColor(index)}
              strokeWidth={1.6}
              strokeDasharray={bandDashes[place]}
              dot={rows.length === 1 ? { r: 2, fill: bandColor(index), strokeWidth: 0 } : false}
              activeDot={{ r: 3, strokeWidth: 0 }}
              connectNulls
              isAnimationActive={false}
            />
          )),
        )}
      </LineChart>
    </ResponsiveContainer>
  );
};

export default memo(BandChart);
