/** The weight and the mean spectrum of the training images over the radius, on two axes; the spectrum's is logarithmic. */
import { memo, useMemo } from 'react';
import {
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { axisStyle, gridStyle } from '../plot/axis-style.ts';
import { logAxis } from '../plot/ticks.ts';
import { formatFigure } from '../ui/format.ts';
import type { SpectrumPoint } from './spectrum-points.ts';

interface SpectrumChartProps {
  readonly points: readonly SpectrumPoint[];
  readonly side: number;
}

const margin = { top: 8, right: 0, bottom: 0, left: 0 } as const;
const weightColor = 'var(--loss-wfdl)';
/** The dashes of the current step's weight, as in the legend. */
const presentDash = '5 3';
const lineStyle = {
  strokeWidth: 1.8,
  dot: false,
  activeDot: { r: 3, strokeWidth: 0 },
  isAnimationActive: false,
} as const;
const spectrumColor = 'var(--accent)';

const SpectrumChart = ({ points, side }: SpectrumChartProps) => {
  const axis = useMemo(() => logAxis(points.map(({ magnitude }) => magnitude ?? 0)), [points]);
  const last = points.at(-1)?.radius ?? 1;
  return (
    <ResponsiveContainer width="100%" height="100%">
      <ComposedChart data={[...points]} margin={margin}>
        <CartesianGrid {...gridStyle} />
        <XAxis {...axisStyle} dataKey="radius" type="number" domain={[0, last]} height={20} tickCount={7} />
        <YAxis
          {...axisStyle}
          yAxisId="magnitude"
          scale="log"
          domain={[...axis.domain]}
          ticks={[...axis.ticks]}
          tickFormatter={(tick: number) => formatFigure(tick)}
          allowDataOverflow
          width={40}
        />
        <YAxis
          {...axisStyle}
          yAxisId="weight"
          orientation="right"
          domain={[0, 'auto']}
          tickFormatter={(tick: number) => formatFigure(tick)}
          width={36}
        />
        <ReferenceLine
          yAxisId="weight"
          x={side / 2}
          stroke="var(--line-strong)"
          strokeDasharray="3 3"
          ifOverflow="extendDomain"
        />
        <Tooltip
          isAnimationActive={false}
          content={({ active, payload }) => {
            const point = payload?.[0]?.payload as SpectrumPoint | undefined;
            if (!active || !point) return null;
            return (
              <div className="chart-tooltip number">
                radius {point.radius}: w <b>{formatFigure(point.weight ?? point.dc ?? 0)}</b>
                {point.present !== undefined && <>, now {formatFigure(point.present)}</>}
                {point.magnitude !== undefined && <>, |F| {formatFigure(point.magnitude)}</>}
              </div>
            );
          }}
        />
        <Line yAxisId="magnitude" dataKey="magnitude" stroke={spectrumColor} {...lineStyle} />
        <Line yAxisId="weight" dataKey="weight" stroke={weightColor} {...lineStyle} />
        <Line
          yAxisId="weight"
          dataKey="present"
          stroke={weightColor}
          strokeDasharray={presentDash}
          {...lineStyle}
        />
        <Line
          yAxisId="weight"
          dataKey="dc"
          stroke={weightColor}
          strokeWidth={0}
          dot={{ r: 4, fill: weightColor, strokeWidth: 0 }}
          activeDot={{ r: 5, strokeWidth: 0 }}
          isAnimationActive={false}
        />
      </ComposedChart>
    </ResponsiveContainer>
  );
};

export default memo(SpectrumChart);
