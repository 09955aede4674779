/** Axes and lines of a curve in the unit square, without the operating point. */
import { memo } from 'react';
import type { Place } from './operating-curve.ts';
import { type PlotArea, pixelOf } from './plot-area.ts';

export interface CurveLinesProps {
  readonly area: PlotArea;
  readonly xTitle: string;
  readonly yTitle: string;
  /** Corners of the line that is drawn. */
  readonly line: readonly Place[];
  /** The line of scores that tell nothing. */
  readonly chance: readonly [Place, Place];
}

const ticks = [0, 0.5, 1] as const;

const pathOf = (places: readonly Place[], area: PlotArea): string =>
  places.map((place, index) => `${index === 0 ? 'M' : 'L'}${pixelOf(area, place).join(' ')}`).join('');

export const CurveLines = memo(({ area, xTitle, yTitle, line, chance }: CurveLinesProps) => {
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
          {xTitle}
        </text>
        <text transform={`translate(9 ${top + height / 2}) rotate(-90)`} textAnchor="middle">
          {yTitle}
        </text>
      </g>
      <path className="plot-chance" d={pathOf(chance, area)} />
      <path className="plot-curve" d={pathOf(line, area)} />
    </>
  );
});
CurveLines.displayName = 'CurveLines';
