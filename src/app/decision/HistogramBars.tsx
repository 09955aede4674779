/** The bars of the score histogram: good images upwards and anomalous ones downwards, to need no color. */
import { memo } from 'react';
import type { ScoreBin } from '../plot/score-bins.ts';
import { formatCount, formatFigure } from '../ui/format.ts';
import type { HistogramFrame } from './histogram-frame.ts';

interface HistogramBarsProps {
  readonly bins: readonly ScoreBin[];
  readonly frame: HistogramFrame;
  /** Draws only this class, filled: the errors at the threshold. */
  readonly wrong?: 'good' | 'anomalous';
}

const binWords = ({ lower, upper, good, anomalous }: ScoreBin): string =>
  `${formatFigure(lower)} to ${formatFigure(upper)}: ${good} good, ${formatCount(anomalous, 'anomalous image')}`;

export const HistogramBars = memo(({ bins, frame, wrong }: HistogramBarsProps) => (
  <g className={wrong ? 'bars-wrong' : 'bars'}>
    {bins.map((bin, index) => {
      const x = frame.edges[index]! + 0.5;
      const width = Math.max(1, frame.edges[index + 1]! - frame.edges[index]! - 1.5);
      const bar = (kind: 'good' | 'anomalous') => {
        const height = bin[kind] * frame.pixelsPerImage;
        if (height === 0 || (wrong && wrong !== kind)) return null;
        const y = kind === 'good' ? frame.zero - height : frame.zero;
        return <rect className={`bar-${kind}`} x={x} y={y} width={width} height={height} />;
      };
      return (
        <g key={bin.lower}>
          {bar('good')}
          {bar('anomalous')}
          {!wrong && (
            <rect className="bar-hover page-only" x={x} y={frame.top} width={width} height={frame.height}>
              <title>{binWords(bin)}</title>
            </rect>
          )}
        </g>
      );
    })}
  </g>
));
