/** The curve of the loss: each bucket's mean faint, the smoothed course over it. */

import { memo, useMemo } from 'react';
import { CartesianGrid, Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import type { LossName } from '#core/config.ts';
import { formatFigure } from '../format.ts';
import { axisStyle, chartMargin, gridStyle, lossColours } from './axis-style.ts';
import type { LossPoint } from './loss-series.ts';
import { logAxis } from './ticks.ts';

interface LossChartProps {
  readonly points: readonly LossPoint[];
  readonly loss: LossName;
}

const LossChart = ({ points, loss }: LossChartProps) => {
  const axis = useMemo(() => logAxis(points.map((point) => point.loss)), [points]);
  const data = useMemo(() => points.filter((point) => point.loss > 0), [points]);
  return (
    <ResponsiveContainer width="100%" height="100%">
      <LineChart data={data} margin={chartMargin}>
        <CartesianGrid {...gridStyle} />
        <XAxis
          {...axisStyle}
          dataKey="step"
          type="number"
          domain={data.length > 0 ? ['dataMin', 'dataMax'] : [1, 10]}
          allowDecimals={false}
          height={20}
          tickCount={6}
        />
        <YAxis
          {...axisStyle}
          scale="log"
          domain={[...axis.domain]}
          ticks={data.length > 0 ? [...axis.ticks] : []}
          tickFormatter={(tick: number) => formatFigure(tick)}
          allowDataOverflow
          width={44}
        />
        <Tooltip
          isAnimationActive={false}
          content={({ active, payload }) => {
            const point = payload?.[0]?.payload as LossPoint | undefined;
            if (!active || !point) return null;
            return (
              <div className="chart-tooltip number">
                step {point.step}: <b>{formatFigure(point.loss, 4)}</b>, smoothed{' '}
                {formatFigure(point.smoothed, 4)}
              </div>
            );
          }}
        />
        <Line
          dataKey="loss"
          stroke={lossColours[loss]}
          strokeOpacity={0.3}
          strokeWidth={1}
          dot={data.length === 1}
          activeDot={false}
          isAnimationActive={false}
        />
        <Line
          dataKey="smoothed"
          stroke={lossColours[loss]}
          strokeWidth={1.8}
          dot={false}
          activeDot={{ r: 3.5, strokeWidth: 0 }}
          isAnimationActive={false}
        />
      </LineChart>
    </ResponsiveContainer>
  );
};

export default memo(LossChart);
