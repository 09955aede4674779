/** One operating curve with its menu. */
import { useCallback } from 'react';
import type { Metric } from '#core/history.ts';
import type { ChosenThreshold } from '#core/metrics/threshold.ts';
import { ChartFrame } from '../plot/frame/ChartFrame.tsx';
import type { Place } from '../plot/plot-area.ts';
import { useActions } from '../shared/store-context.ts';
import type { CurveKind } from './curve-kinds.ts';
import { pointLines, thresholdLegend } from './decision-words.ts';
import { OperatingPlot } from './OperatingPlot.tsx';
import type { OperatingPoint } from './operating-curve.ts';
import type { ScoredImages } from './scored-images.ts';
import { stopOf } from './threshold-stops.ts';
import { useDecisionNote } from './use-decision-note.ts';

interface CurveFigureProps {
  readonly kind: CurveKind;
  readonly images: ScoredImages;
  readonly chosen: ChosenThreshold;
  readonly metric: Metric;
  /** Corners of the curve. */
  readonly line: readonly Place[];
  /** The line of random scores. */
  readonly chance: readonly [Place, Place];
}

/** The drawing names its axes itself. */
const axes = { x: '', y: '' } as const;
const noPoints: readonly OperatingPoint[] = [];

export const CurveFigure = ({ kind, images, chosen, metric, line, chance }: CurveFigureProps) => {
  const { decision } = useActions();
  const { curve, evaluation, stops } = images;
  const points = curve.defined ? curve.points : noPoints;
  const data = useCallback(() => kind.data(points), [kind, points]);
  const note = useDecisionNote(evaluation);
  const value = metric.defined ? metric.value.toFixed(3) : 'undefined';
  const point = chosen.defined ? points[stopOf(stops, chosen.threshold)] : undefined;
  const words = chosen.defined && point ? [thresholdLegend(chosen), ...pointLines(point)] : [];
  return (
    <div className="curve" data-curve={kind.name}>
      <ChartFrame
        title={kind.title}
        {...{ note, axes, data }}
        legend={[
          { name: `${kind.title}, ${kind.metric.name} ${value}`, color: 'var(--accent)', dash: 'none' },
          { name: kind.chanceName, color: 'var(--ink-quiet)', dash: '3 3' },
        ]}
        tools={
          <span className="chart-frame-tools curve-title">
            <b>{kind.abbreviation}</b> {kind.metric.short} {value}
          </span>
        }
        label={`${kind.title}; ${kind.metric.name} ${value}`}
        empty={curve.defined ? undefined : curve.reason}
      >
        <OperatingPlot
          {...{ kind, line, chance, points, stops, words }}
          threshold={chosen.defined ? chosen.threshold : undefined}
          onThreshold={(threshold) => decision.setPolicy({ kind: 'manual', threshold })}
        />
      </ChartFrame>
    </div>
  );
};
