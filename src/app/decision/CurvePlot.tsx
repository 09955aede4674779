/** A curve in the unit square with the operating point of the threshold, which can be moved along it. */
import { useMemo, useRef } from 'react';
import type { HintContent } from '../ui/Hint.tsx';
import { useSize } from '../ui/use-size.ts';
import { CurveLines, type CurveLinesProps } from './CurveLines.tsx';
import { nearestPoint, type OperatingPoint, type Place } from './operating-curve.ts';
import { PlotHandle } from './PlotHandle.tsx';
import { pixelOf, plotArea } from './plot-area.ts';
import { stopOf, thresholdAfterKey } from './threshold-stops.ts';

interface CurvePlotProps extends Omit<CurveLinesProps, 'area'> {
  readonly points: readonly OperatingPoint[];
  readonly placeOf: (point: OperatingPoint) => Place;
  readonly threshold: number | undefined;
  readonly handleLabel: string;
  readonly handleHint: HintContent;
  readonly handleText: (point: OperatingPoint) => string;
  readonly stops: readonly number[];
  readonly onThreshold: (threshold: number) => void;
}

export const CurvePlot = ({
  xTitle,
  yTitle,
  points,
  line,
  chance,
  placeOf,
  threshold,
  handleLabel,
  handleHint,
  handleText,
  stops,
  onThreshold,
}: CurvePlotProps) => {
  const plot = useRef<HTMLDivElement>(null);
  const size = useSize(plot);
  const area = useMemo(() => size && plotArea(size), [size]);
  const index = threshold === undefined ? undefined : stopOf(stops, threshold);
  const point = index === undefined ? undefined : points[index];
  const [left, top] = area && point ? pixelOf(area, placeOf(point)) : [0, 0];
  return (
    <div className="plot" ref={plot}>
      {area && size && (
        <svg width={size.width} height={size.height} aria-hidden="true">
          <CurveLines {...{ area, xTitle, yTitle, line, chance }} />
        </svg>
      )}
      {area && point && index !== undefined && threshold !== undefined && (
        <PlotHandle
          label={handleLabel}
          hint={handleHint}
          className="handle-dot"
          style={{ left, top }}
          minimum={0}
          maximum={stops.length - 1}
          value={index}
          valueText={handleText(point)}
          area={area}
          onDrag={(place) => {
            const nearest = nearestPoint(points, placeOf, place, area.width / area.height);
            onThreshold(points[nearest]!.threshold);
          }}
          onKey={(key) => {
            const next = thresholdAfterKey(stops, threshold, key, -1);
            if (next !== undefined) onThreshold(next);
            return next !== undefined;
          }}
        />
      )}
    </div>
  );
};
