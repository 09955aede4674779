/** The texts around a map: radii, epochs, and its color bar. */
import { useId } from 'react';
import { gradientStops } from '../../image/color-map.ts';
import type { PlotArea } from '../../plot/plot-area.ts';
import { countAxis } from '../../plot/ticks.ts';
import { formatFigure } from '../../ui/format.ts';
import { columnOf, type MapDomain, middleOf, tickRadii } from './map-geometry.ts';
import { type LogScale, shareOn } from './spectral-map.ts';

export const MapAxes = ({ area, domain }: { readonly area: PlotArea; readonly domain: MapDomain }) => {
  const [first, last] = domain.epochs;
  const yOf = (radius: number): number => area.top + area.height * (1 - middleOf(radius, domain.radii)) + 3;
  return (
    <>
      <text x={area.left - 5} y={yOf(0)} textAnchor="end">
        mean
      </text>
      {tickRadii
        .filter((radius) => radius < domain.radii)
        .map((radius) => (
          <text key={radius} x={area.left - 5} y={yOf(radius)} textAnchor="end">
            {radius}
          </text>
        ))}
      {countAxis(first, last)
        .ticks.filter((tick) => tick >= first && tick <= last)
        .map((epoch) => (
          <text
            key={epoch}
            x={area.left + area.width * columnOf(epoch, domain)}
            y={area.top + area.height + 14}
            textAnchor="middle"
          >
            {epoch}
          </text>
        ))}
    </>
  );
};

interface LogColorBarProps {
  readonly area: PlotArea;
  readonly scale: LogScale;
  readonly gap: number;
  readonly width: number;
}

export const LogColorBar = ({ area, scale, gap, width }: LogColorBarProps) => {
  const gradient = useId();
  const left = area.left + area.width + gap;
  const { lower, upper, table } = scale;
  const decades = Array.from(
    { length: Math.floor(upper) - Math.ceil(lower) + 1 },
    (_, i) => Math.ceil(lower) + i,
  );
  const marks = [...new Set([lower, ...decades, upper])];
  return (
    <>
      <defs>
        <linearGradient id={gradient} x1="0" y1="1" x2="0" y2="0">
          {gradientStops(table).map(({ offset, color }) => (
            <stop key={offset} offset={offset} stopColor={color} />
          ))}
        </linearGradient>
      </defs>
      <rect
        className="color-bar-frame"
        x={left}
        y={area.top}
        width={width}
        height={area.height}
        fill={`url(#${gradient})`}
      />
      {marks.map((exponent) => (
        <text
          key={exponent}
          x={left + width + 4}
          y={Math.max(
            area.top + 8,
            Math.min(area.top + area.height, area.top + area.height * (1 - shareOn(scale, exponent)) + 3),
          )}
        >
          {formatFigure(10 ** exponent, 1)}
        </text>
      ))}
    </>
  );
};
