/** Curves of runs over one abscissa, thinned to the width of the chart, with a read-out of all curves. */

import { memo, useMemo, useState } from 'react';
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
import { axisStyle, chartMargin, gridStyle, markLabelStyle } from './axis-style.ts';
import { CurveTooltip } from './CurveTooltip.tsx';
import { unbroken } from './curve-style.ts';
import { mergeCurves, type NamedCurve } from './curves.ts';
import { thinned } from './decimate.ts';
import type { ChartAxis } from './ticks.ts';

/** A line across the chart. */
export interface ChartMark {
  readonly at: { readonly x: number } | { readonly y: number };
  readonly color: string;
  /** Short text beside the line. */
  readonly label?: string;
}

interface CurveChartProps {
  /** The present run's curve comes last, to lie on top. */
  readonly curves: readonly NamedCurve[];
  readonly abscissa: ChartAxis;
  /** The text before the abscissa in the read-out. */
  readonly abscissaName: string;
  readonly ordinate: ChartAxis;
  readonly formatTick: (value: number) => string;
  readonly formatValue: (value: number) => string;
  /** The most points with which an unbroken curve has dots: more would make a thick line. */
  readonly mostDots: number;
  readonly marks: readonly ChartMark[];
  /** Width of the ordinate's labels, in pixels. */
  readonly labelWidth: number;
  /** Called with the pointer's place on the abscissa; undefined once the pointer has left. */
  readonly onHover?: (x: number | undefined) => void;
  readonly onChoose?: (x: number) => void;
}

/** The text of a mark is on the side with more room. */
const labelPlace = (at: ChartMark['at'], { domain: [from, to] }: ChartAxis) =>
  'x' in at && at.x > (from + to) / 2 ? 'insideTopRight' : 'insideTopLeft';

/** The pointer, as recharts reports it. */
interface Pointed {
  readonly activeLabel?: string | number | undefined;
}

const positive = (curve: NamedCurve): NamedCurve => ({
  ...curve,
  points: curve.points.every(({ y }) => y > 0) ? curve.points : curve.points.filter(({ y }) => y > 0),
});

const numberOf = (label: unknown): number | undefined => (typeof label === 'number' ? label : undefined);

const CurveChart = (props: CurveChartProps) => {
  const { curves, abscissa, abscissaName, ordinate, formatTick, formatValue, mostDots, marks } = props;
  const { labelWidth, onHover, onChoose } = props;
  const [width, setWidth] = useState(0);
  const shown = useMemo(
    () => (ordinate.scale === 'log' ? curves.map(positive) : curves),
    [curves, ordinate.scale],
  );
  const drawn = useMemo(
    () => shown.map((curve) => thinned(curve, width - labelWidth, ordinate.scale)),
    [shown, width, labelWidth, ordinate.scale],
  );
  const rows = useMemo(() => [...mergeCurves(drawn)], [drawn]);
  const pointing = useMemo(
    () => ({
      ...(onHover && {
        onMouseMove: ({ activeLabel }: Pointed) => onHover(numberOf(activeLabel)),
        onMouseLeave: () => onHover(undefined),
      }),
      ...(onChoose && {
        onClick: ({ activeLabel }: Pointed) => {
          const x = numberOf(activeLabel);
          if (x !== undefined) onChoose(x);
        },
      }),
    }),
    [onHover, onChoose],
  );
  return (
    <ResponsiveContainer width="100%" height="100%" onResize={setWidth}>
      <LineChart data={rows} margin={chartMargin} {...pointing}>
        <CartesianGrid {...gridStyle} />
        <XAxis
          {...axisStyle}
          dataKey="x"
          type="number"
          scale={abscissa.scale}
          domain={[...abscissa.domain]}
          ticks={[...abscissa.ticks]}
          height={18}
        />
        <YAxis
          {...axisStyle}
          scale={ordinate.scale}
          domain={[...ordinate.domain]}
          ticks={[...ordinate.ticks]}
          tickFormatter={formatTick}
          allowDataOverflow
          width={labelWidth}
        />
        {marks.map(({ at, color, label }) => (
          <ReferenceLine
            key={`${'x' in at ? `x${at.x}` : `y${at.y}`} ${label ?? ''}`}
            {...at}
            stroke={color}
            strokeDasharray="3 3"
            {...(label === undefined
              ? {}
              : { label: { value: label, position: labelPlace(at, abscissa), ...markLabelStyle } })}
          />
        ))}
        <Tooltip
          isAnimationActive={false}
          content={({ active, label }) =>
            active && typeof label === 'number' ? (
              <CurveTooltip axis={abscissaName} x={label} curves={shown} format={formatValue} />
            ) : null
          }
        />
        {drawn.map(({ key, points, style, faint = false }) => (
          <Line
            key={key}
            dataKey={key}
            type="linear"
            connectNulls
            stroke={style.color}
            strokeOpacity={faint ? 0.32 : 1}
            strokeWidth={faint ? 1 : 1.8}
            strokeDasharray={style.dash}
            dot={
              points.length === 1 || (!faint && style.dash === unbroken && points.length <= mostDots)
                ? { r: 2, fill: style.color, strokeWidth: 0, strokeDasharray: '0' }
                : false
            }
            activeDot={faint ? false : { r: 3.5, strokeWidth: 0 }}
            isAnimationActive={false}
          />
        ))}
      </LineChart>
    </ResponsiveContainer>
  );
};

export default memo(CurveChart);
