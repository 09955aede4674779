/** The curve of the image AUROC over the epochs, on the whole axis from 0 to 1. */

import { memo } from 'react';
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
import type { LossName } from '#core/config.ts';
import { axisStyle, chartMargin, gridStyle, lossColours } from './axis-style.ts';

interface AurocChartProps {
  readonly points: readonly { readonly epoch: number; readonly auroc: number }[];
  readonly loss: LossName;
}

const AurocChart = ({ points, loss }: AurocChartProps) => (
  <ResponsiveContainer width="100%" height="100%">
    <LineChart data={[...points]} margin={chartMargin}>
      <CartesianGrid {...gridStyle} />
      <XAxis
        {...axisStyle}
        dataKey="epoch"
        type="number"
        domain={[0, points.length > 0 ? 'dataMax' : 10]}
        allowDecimals={false}
        height={20}
        tickCount={6}
      />
      <YAxis
        {...axisStyle}
        domain={[0, 1]}
        ticks={[0, 0.25, 0.5, 0.75, 1]}
        tickFormatter={(tick: number) => tick.toFixed(2)}
        width={36}
      />
      <ReferenceLine y={0.5} stroke="var(--ink-quiet)" strokeDasharray="3 3" />
      <Tooltip
        isAnimationActive={false}
        content={({ active, payload }) => {
          const point = payload?.[0]?.payload as (typeof points)[number] | undefined;
          if (!active || !point) return null;
          return (
            <div className="chart-tooltip number">
              epoch {point.epoch}: <b>{point.auroc.toFixed(4)}</b>
            </div>
          );
        }}
      />
      <Line
        dataKey="auroc"
        stroke={lossColours[loss]}
        strokeWidth={1.8}
        dot={points.length <= 40 ? { r: 2, fill: lossColours[loss], strokeWidth: 0 } : false}
        activeDot={{ r: 3.5, strokeWidth: 0 }}
        isAnimationActive={false}
      />
    </LineChart>
  </ResponsiveContainer>
);

export default memo(AurocChart);
