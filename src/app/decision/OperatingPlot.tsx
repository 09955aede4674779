/** A curve in the unit square with the operating point of the threshold, which can be moved along it. */
import { memo, useContext, useMemo } from 'react';
import { OnPaper, Plot } from '../plot/Plot.tsx';
import { type Place, type PlotArea, pathOf, pixelOf, plotArea } from '../plot/plot-area.ts';
import type { Size } from '../ui/use-size.ts';
import type { CurveKind } from './curve-kinds.ts';
import { nearestPoint, type OperatingPoint } from './operating-curve.ts';
import { PlotHandle } from './PlotHandle.tsx';
import { stopOf, thresholdAfterKey } from './threshold-stops.ts';

interface CurveLinesProps {
  readonly kind: CurveKind;
  /** Corners of the curve. */
  readonly line: readonly Place[];
  /** The line of random scores. */
  readonly chance: readonly [Place, Place];
}

interface OperatingPlotProps extends CurveLinesProps {
  readonly points: readonly OperatingPoint[];
  readonly stops: readonly number[];
  readonly threshold: number | undefined;
  /** The threshold and its rates, one per line, which an exported figure shows beside the curve. */
  readonly words: readonly string[];
  readonly onThreshold: (threshold: number) => void;
}

/** Room for the names and the ticks of the axes. */
const margin = { left: 34, right: 7, top: 7, bottom: 27 } as const;
const ticks = [0, 0.5, 1] as const;
const pointRadius = 5;
const lineHeight = 17;

const CurveLines = memo(({ area, kind, line, chance }: CurveLinesProps & { readonly area: PlotArea }) => {
  const { left, top, width, height } = area;
  const bottom = top + height;
  return (
    <>
      <g className="plot-axes">
        <path d={`M${left} ${top}V${bottom}H${left + width}`} />
        {ticks.map((tick) => (
          <text key={`x${tick}`} x={left + tick * width} y={bottom + 11} textAnchor="middle">
            {tick}
          </text>
        ))}
        {ticks.map((tick) => (
          <text key={`y${tick}`} x={left - 4} y={bottom - tick * height} dy="0.35em" textAnchor="end">
            {tick}
          </text>
        ))}
        <text x={left + width / 2} y={bottom + 23} textAnchor="middle">
          {kind.xTitle}
        </text>
        <text transform={`translate(9 ${top + height / 2}) rotate(-90)`} textAnchor="middle">
          {kind.yTitle}
        </text>
      </g>
      <path className="plot-chance" d={pathOf(area, chance)} />
      <path className="plot-curve" d={pathOf(area, line)} />
    </>
  );
});
CurveLines.displayName = 'CurveLines';

const Words = ({ area, words }: { readonly area: PlotArea; readonly words: readonly string[] }) => {
  const left = area.left + area.width + 28;
  const top = area.top + 12;
  return (
    <>
      <circle className="plot-point" cx={left + pointRadius} cy={top - 4} r={pointRadius} />
      {words.map((text, index) => (
        <text
          key={text}
          className={index === 0 ? 'plot-words plot-words-first' : 'plot-words'}
          x={left + 18}
          y={top + index * lineHeight}
        >
          {text}
        </text>
      ))}
    </>
  );
};

const SizedPlot = ({ size, ...props }: OperatingPlotProps & { readonly size: Size }) => {
  const { kind, line, chance, points, stops, threshold, words, onThreshold } = props;
  const onPaper = useContext(OnPaper);
  // In an exported figure, the plot is square and the text is beside it.
  const area = useMemo(
    () => plotArea(onPaper ? { ...size, width: size.height } : size, margin),
    [onPaper, size],
  );
  const index = threshold === undefined ? -1 : stopOf(stops, threshold);
  const point = points[index];
  const [left, top] = point ? pixelOf(area, kind.placeOf(point)) : [0, 0];
  return (
    <>
      <svg width={size.width} height={size.height} aria-hidden="true">
        <CurveLines {...{ area, kind, line, chance }} />
        {onPaper && point && (
          <g>
            <circle className="plot-point" cx={left} cy={top} r={pointRadius} />
            <Words area={area} words={words} />
          </g>
        )}
      </svg>
      {point && threshold !== undefined && (
        <PlotHandle
          label={kind.handleLabel}
          hint={kind.hint}
          className="handle-dot"
          style={{ left, top }}
          minimum={0}
          maximum={stops.length - 1}
          value={index}
          valueText={kind.words(point)}
          area={area}
          onDrag={(place) => {
            const nearest = nearestPoint(points, kind.placeOf, place, area.width / area.height);
            onThreshold(points[nearest]!.threshold);
          }}
          onKey={(key) => {
            const next = thresholdAfterKey(stops, threshold, key, -1);
            if (next !== undefined) onThreshold(next);
            return next !== undefined;
          }}
        />
      )}
    </>
  );
};

export const OperatingPlot = (props: OperatingPlotProps) => (
  <Plot>{(size) => <SizedPlot size={size} {...props} />}</Plot>
);
