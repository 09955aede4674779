/** Curves of the image AUROC over the low cut-off; a click takes the cut-off that it points at. */
import { memo, useMemo } from 'react';
import {
  CartesianGrid,
  Line,
  LineChart,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { aurocAxis, axisStyle, chartMargin, gridStyle } from './axis-style.ts';
import { CurveTooltip, type NamedCurve } from './CurveTooltip.tsx';
import { mergeCurves } from './merge-curves.ts';

interface LowCutChartProps {
  /** Cut-off and AUROC; the present run's last, so that it lies on top. */
  readonly curves: readonly NamedCurve[];
  /** The cut-off of the present score. */
  readonly chosen: number;
  readonly onChoose: (cutoff: number) => void;
}

const formatAuroc = (value: number): string => value.toFixed(4);

const LowCutChart = ({ curves, chosen, onChoose }: LowCutChartProps) => {
  const rows = useMemo(() => mergeCurves(curves), [curves]);
  return (
    <ResponsiveContainer width="100%" height="100%">
      <LineChart
        data={[...rows]}
        margin={chartMargin}
        onClick={({ activeTooltipIndex }) => {
          const cutoff = rows[Number(activeTooltipIndex)]?.['x'];
          if (cutoff !== undefined) onChoose(cutoff);
        }}
      >
        <CartesianGrid {...gridStyle} />
        <XAxis {...axisStyle} dataKey="x" type="category" height={20} interval="preserveStartEnd" />
        <YAxis {...aurocAxis} />
        <ReferenceLine y={0.5} stroke="var(--ink-quiet)" strokeDasharray="3 3" />
        {rows.some(({ x }) => x === chosen) && (
          <ReferenceLine x={chosen} stroke="var(--ink)" strokeDasharray="2 2" />
        )}
        <Tooltip
          isAnimationActive={false}
          content={({ active, label }) =>
            active && label !== undefined ? (
              <CurveTooltip axis="from radius" x={Number(label)} curves={curves} format={formatAuroc} />
            ) : null
          }
        />
        {curves.map(({ key, style }) => (
          <Line
            key={key}
            dataKey={key}
            connectNulls
            stroke={style.colour}
            strokeWidth={1.8}
            strokeDasharray={style.dash}
            dot={key === 'present' ? { r: 2, fill: style.colour, strokeWidth: 0 } : false}
            activeDot={{ r: 3.5, strokeWidth: 0 }}
            isAnimationActive={false}
          />
        ))}
      </LineChart>
    </ResponsiveContainer>
  );
};

export default memo(LowCutChart);
