/** Curves of the loss on a logarithmic axis: the present run's bucket means faint, the smoothed courses over them. */

import { memo, useMemo } from 'react';
import { CartesianGrid, Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { formatFigure } from '../format.ts';
import { axisStyle, chartMargin, gridStyle } from './axis-style.ts';
import { CurveTooltip, type NamedCurve } from './CurveTooltip.tsx';
import { type Curve, mergeCurves } from './merge-curves.ts';
import { logAxis } from './ticks.ts';

interface LossChartProps {
  /** Step and smoothed loss; the present run's last, so that it lies on top. */
  readonly curves: readonly NamedCurve[];
  /** Means of the present run's loss before smoothing; its key is no curve's. */
  readonly means: Curve;
  /** Colour of `means`. */
  readonly colour: string;
}

const positive = <C extends Curve>(curve: C): C => ({
  ...curve,
  points: curve.points.filter(({ y }) => y > 0),
});

const formatLoss = (value: number): string => formatFigure(value, 4);

const LossChart = ({ curves, means, colour }: LossChartProps) => {
  const drawn = useMemo(() => [means, ...curves].map(positive), [means, curves]);
  const rows = useMemo(() => mergeCurves(drawn), [drawn]);
  const axis = useMemo(() => logAxis(drawn.flatMap(({ points }) => points.map(({ y }) => y))), [drawn]);
  return (
    <ResponsiveContainer width="100%" height="100%">
      <LineChart data={[...rows]} margin={chartMargin}>
        <CartesianGrid {...gridStyle} />
        <XAxis
          {...axisStyle}
          dataKey="x"
          type="number"
          domain={rows.length > 0 ? ['dataMin', 'dataMax'] : [1, 10]}
          allowDecimals={false}
          height={20}
          tickCount={6}
        />
        <YAxis
          {...axisStyle}
          scale="log"
          domain={[...axis.domain]}
          ticks={rows.length > 0 ? [...axis.ticks] : []}
          tickFormatter={(tick: number) => formatFigure(tick)}
          allowDataOverflow
          width={44}
        />
        <Tooltip
          isAnimationActive={false}
          content={({ active, label }) =>
            active && typeof label === 'number' ? (
              <CurveTooltip axis="step" x={label} curves={curves} format={formatLoss} />
            ) : null
          }
        />
        <Line
          dataKey={means.key}
          connectNulls
          stroke={colour}
          strokeOpacity={0.3}
          strokeWidth={1}
          dot={means.points.length === 1}
          activeDot={false}
          isAnimationActive={false}
        />
        {curves.map(({ key, style }) => (
          <Line
            key={key}
            dataKey={key}
            connectNulls
            stroke={style.colour}
            strokeWidth={1.8}
            strokeDasharray={style.dash}
            dot={false}
            activeDot={{ r: 3.5, strokeWidth: 0 }}
            isAnimationActive={false}
          />
        ))}
      </LineChart>
    </ResponsiveContainer>
  );
};

export default memo(LossChart);
