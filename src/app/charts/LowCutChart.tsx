/** The curve of the image AUROC over the low cut-off; a click takes the cut-off below it. */
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

interface LowCutChartProps {
  readonly points: readonly { readonly cutoff: number; readonly auroc: number }[];
  readonly loss: LossName;
  /** The cut-off of the present score. */
  readonly chosen: number;
  readonly onChoose: (cutoff: number) => void;
}

const LowCutChart = ({ points, loss, chosen, onChoose }: LowCutChartProps) => (
  <ResponsiveContainer width="100%" height="100%">
    <LineChart
      data={[...points]}
      margin={chartMargin}
      onClick={({ activeTooltipIndex }) => {
        const point = points[Number(activeTooltipIndex)];
        if (point) onChoose(point.cutoff);
      }}
    >
      <CartesianGrid {...gridStyle} />
      <XAxis {...axisStyle} dataKey="cutoff" type="category" height={20} interval="preserveStartEnd" />
      <YAxis
        {...axisStyle}
        domain={[0, 1]}
        ticks={[0, 0.25, 0.5, 0.75, 1]}
        tickFormatter={(tick: number) => tick.toFixed(2)}
        width={36}
      />
      <ReferenceLine y={0.5} stroke="var(--ink-quiet)" strokeDasharray="3 3" />
      {points.some(({ cutoff }) => cutoff === chosen) && (
        <ReferenceLine x={chosen} stroke="var(--ink)" strokeDasharray="2 2" />
      )}
      <Tooltip
        isAnimationActive={false}
        content={({ active, payload }) => {
          const point = payload?.[0]?.payload as (typeof points)[number] | undefined;
          if (!active || !point) return null;
          return (
            <div className="chart-tooltip number">
              from radius {point.cutoff}: <b>{point.auroc.toFixed(4)}</b>
            </div>
          );
        }}
      />
      <Line
        dataKey="auroc"
        stroke={lossColours[loss]}
        strokeWidth={1.8}
        dot={{ r: 2, fill: lossColours[loss], strokeWidth: 0 }}
        activeDot={{ r: 3.5, strokeWidth: 0 }}
        isAnimationActive={false}
      />
    </LineChart>
  </ResponsiveContainer>
);

export default memo(LowCutChart);
