/** A curve in the unit square with the operating point of the threshold, which can be moved along it. */
import { useMemo, useRef } from 'react';
import { nearestPoint, type OperatingPoint, type Place } from './operating-curve.ts';
import { PlotHandle } from './PlotHandle.tsx';
import { stopOf, thresholdAfterKey } from './threshold-stops.ts';
import { useSize } from './use-size.ts';

interface CurvePlotProps {
  readonly xTitle: string;
  readonly yTitle: string;
  readonly points: readonly OperatingPoint[];
  /** Corners of the line that is drawn. */
  readonly line: readonly Place[];
  /** The line of scores that tell nothing. */
  readonly chance: readonly [Place, Place];
  readonly placeOf: (point: OperatingPoint) => Place;
  readonly threshold: number | undefined;
  readonly handleLabel: string;
  readonly handleText: (point: OperatingPoint) => string;
  readonly stops: readonly number[];
  readonly onThreshold: (threshold: number) => void;
}

const margin = { left: 34, right: 7, top: 7, bottom: 27 } as const;
const ticks = [0, 0.5, 1] as const;

const pathOf = (places: readonly Place[], at: (place: Place) => Place): string =>
  places.map((place, index) => `${index === 0 ? 'M' : 'L'}${at(place).join(' ')}`).join('');

export const CurvePlot = ({
  xTitle,
  yTitle,
  points,
  line,
  chance,
  placeOf,
  threshold,
  handleLabel,
  handleText,
  stops,
  onThreshold,
}: CurvePlotProps) => {
  const plot = useRef<HTMLDivElement>(null);
  const size = useSize(plot);
  const area = useMemo(
    () =>
      size && {
        left: margin.left,
        top: margin.top,
        width: Math.max(1, size.width - margin.left - margin.right),
        height: Math.max(1, size.height - margin.top - margin.bottom),
      },
    [size],
  );
  const drawn = useMemo(() => {
    if (!area || !size) return undefined;
    const { left, top, width, height } = area;
    const at = ([x, y]: Place): Place => [left + x * width, top + (1 - y) * height];
    const bottom = top + height;
    return (
      <svg width={size.width} height={size.height} aria-hidden="true">
        <g className="plot-axes">
          <path d={`M${left} ${top}V${bottom}H${left + width}`} />
          {ticks.map((tick) => (
            <text key={`x${tick}`} x={left + tick * width} y={bottom + 11} textAnchor="middle">
              {tick}
            </text>
          ))}
          {ticks.map((tick) => (
            <text
              key={`y${tick}`}
              x={left - 4}
              y={bottom - tick * height}
              textAnchor="end"
              dominantBaseline="central"
            >
              {tick}
            </text>
          ))}
          <text x={left + width / 2} y={bottom + 23} textAnchor="middle">
            {xTitle}
          </text>
          <text transform={`translate(9 ${top + height / 2}) rotate(-90)`} textAnchor="middle">
            {yTitle}
          </text>
        </g>
        <path className="plot-chance" d={pathOf(chance, at)} />
        <path className="plot-curve" d={pathOf(line, at)} />
      </svg>
    );
  }, [area, size, line, chance, xTitle, yTitle]);
  const index = threshold === undefined ? undefined : stopOf(stops, threshold);
  const point = index === undefined ? undefined : points[index];
  const [x, y] = point ? placeOf(point) : [0, 0];
  return (
    <div className="plot" ref={plot}>
      {drawn}
      {area && point && index !== undefined && threshold !== undefined && (
        <PlotHandle
          label={handleLabel}
          className="handle-dot"
          style={{ left: area.left + x * area.width, top: area.top + (1 - y) * area.height }}
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
