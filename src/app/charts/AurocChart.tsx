/** Curves of the image AUROC over the epochs, on the whole axis from 0 to 1. */

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
import { unbroken } from '../runs/curve-style.ts';
import { aurocAxis, axisStyle, chartMargin, gridStyle } from './axis-style.ts';
import { CurveTooltip, type NamedCurve } from './CurveTooltip.tsx';
import { mergeCurves } from './merge-curves.ts';

interface AurocChartProps {
  /** Epoch and AUROC; the present run's last, so that it lies on top. */
  readonly curves: readonly NamedCurve[];
}

/** More than these would be a thick line. */
const mostDots = 40;

const formatAuroc = (value: number): string => value.toFixed(4);

const AurocChart = ({ curves }: AurocChartProps) => {
  const rows = useMemo(() => mergeCurves(curves), [curves]);
  return (
    <ResponsiveContainer width="100%" height="100%">
      <LineChart data={[...rows]} margin={chartMargin}>
        <CartesianGrid {...gridStyle} />
        <XAxis
          {...axisStyle}
          dataKey="x"
          type="number"
          domain={[0, rows.length > 0 ? 'dataMax' : 10]}
          allowDecimals={false}
          height={20}
          tickCount={6}
        />
        <YAxis {...aurocAxis} />
        <ReferenceLine y={0.5} stroke="var(--ink-quiet)" strokeDasharray="3 3" />
        <Tooltip
          isAnimationActive={false}
          content={({ active, label }) =>
            active && typeof label === 'number' ? (
              <CurveTooltip axis="epoch" x={label} curves={curves} format={formatAuroc} />
            ) : null
          }
        />
        {curves.map(({ key, points, style }) => (
          <Line
            key={key}
            dataKey={key}
            connectNulls
            stroke={style.colour}
            strokeWidth={1.8}
            strokeDasharray={style.dash}
            dot={
              points.length === 1 || (style.dash === unbroken && points.length <= mostDots)
                ? { r: 2, fill: style.colour, strokeWidth: 0, strokeDasharray: '0' }
                : false
            }
            activeDot={{ r: 3.5, strokeWidth: 0 }}
            isAnimationActive={false}
          />
        ))}
      </LineChart>
    </ResponsiveContainer>
  );
};

export default memo(AurocChart);
