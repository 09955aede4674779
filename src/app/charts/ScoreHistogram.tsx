/** Counts of good and anomalous test images by score; a line marks the image on the bench. */
import { memo, useMemo } from 'react';
import {
  Bar,
  BarChart,
  CartesianGrid,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { formatFigure } from '../format.ts';
import { axisStyle, chartMargin, gridStyle } from './axis-style.ts';
import type { ScoreBin } from './score-bins.ts';

interface ScoreHistogramProps {
  readonly bins: readonly ScoreBin[];
  /** Bin of the image on the bench. */
  readonly shown: number | undefined;
}

const ScoreHistogram = ({ bins, shown }: ScoreHistogramProps) => {
  const data = useMemo(() => bins.map((bin, number) => ({ ...bin, number })), [bins]);
  return (
    <ResponsiveContainer width="100%" height="100%">
      <BarChart data={data} margin={chartMargin} barGap={0} barCategoryGap="12%">
        <CartesianGrid {...gridStyle} />
        <XAxis
          {...axisStyle}
          dataKey="number"
          height={20}
          interval={3}
          tickFormatter={(number: number) => formatFigure(bins[number]?.lower ?? 0, 2)}
        />
        <YAxis {...axisStyle} allowDecimals={false} width={28} tickCount={4} />
        {shown !== undefined && <ReferenceLine x={shown} stroke="var(--ink)" strokeDasharray="3 2" />}
        <Tooltip
          isAnimationActive={false}
          cursor={{ fill: 'var(--accent-tint)' }}
          content={({ active, payload }) => {
            const bin = payload?.[0]?.payload as ScoreBin | undefined;
            if (!active || !bin) return null;
            return (
              <div className="chart-tooltip number">
                {formatFigure(bin.lower)} to {formatFigure(bin.upper)}: <b>{bin.good}</b> good,{' '}
                <b>{bin.anomalous}</b> anomalous
              </div>
            );
          }}
        />
        <Bar dataKey="good" fill="var(--class-good)" isAnimationActive={false} />
        <Bar dataKey="anomalous" fill="var(--class-anomalous)" isAnimationActive={false} />
      </BarChart>
    </ResponsiveContainer>
  );
};

export default memo(ScoreHistogram);
