/** A spectral map as an exported figure has it: the picture embedded, axes and colour bar as text and lines. */
import { useMemo } from 'react';
import type { SpectrumRecord } from '#core/history.ts';
import { viridis } from '../../image/color-map.ts';
import { gradientStops } from '../../image/gradient-stops.ts';
import { bodyHeight, bodyWidth } from '../../plot/export/figure-size.ts';
import { countAxis } from '../../plot/ticks.ts';
import { formatFigure } from '../../ui/format.ts';
import {
  heightOfRadius,
  type LogRange,
  type MapDomain,
  mapColumns,
  type PowerScale,
  paintMap,
  tickRadii,
} from './spectral-map.ts';

interface SpectralMapPaperProps {
  readonly records: readonly SpectrumRecord[];
  readonly domain: MapDomain;
  readonly range: LogRange;
  readonly scale: PowerScale;
}

const plot = { left: 32, top: 6, width: bodyWidth - 32 - 64, height: bodyHeight - 6 - 22 } as const;
const bar = { left: bodyWidth - 52, width: 12 } as const;
const rows = 4 * 144;
/** Columns of the embedded picture: about those of the figure's PNG. */
const leastColumns = 1200;
const style = { fontSize: 10, fill: 'var(--ink-quiet)' } as const;

const pictureUri = ({ records, domain, range, scale }: SpectralMapPaperProps): string => {
  const columns = mapColumns(domain);
  const map = new OffscreenCanvas(columns, rows);
  const pixels = paintMap(records, domain, scale, range, viridis, rows);
  map.getContext('2d')?.putImageData(new ImageData(pixels, columns, rows), 0, 0);
  // Enlarged here: what reads the file may blur the border of an epoch.
  const canvas = document.createElement('canvas');
  canvas.width = columns * Math.ceil(leastColumns / columns);
  canvas.height = rows;
  const context = canvas.getContext('2d');
  if (context) {
    context.imageSmoothingEnabled = false;
    context.drawImage(map, 0, 0, canvas.width, rows);
  }
  return canvas.toDataURL('image/png');
};

export const SpectralMapPaper = (props: SpectralMapPaperProps) => {
  const { records, domain, range, scale } = props;
  const uri = useMemo(() => pictureUri({ records, domain, range, scale }), [records, domain, range, scale]);
  const [first, last] = domain.epochs;
  const yOf = (radius: number): number =>
    plot.top +
    plot.height * (1 - (heightOfRadius(radius, domain.radii) + heightOfRadius(radius + 1, domain.radii)) / 2);
  const xOf = (epoch: number): number =>
    plot.left + (plot.width * (epoch - first + 0.5)) / (last - first + 1);
  const decades = Array.from(
    { length: Math.floor(range.upper) - Math.ceil(range.lower) + 1 },
    (_, i) => Math.ceil(range.lower) + i,
  );
  const barY = (exponent: number): number =>
    plot.top + (plot.height * (range.upper - exponent)) / (range.upper - range.lower);
  const epochs = countAxis(first, last).ticks.filter((tick) => tick >= first && tick <= last);
  return (
    <svg width={bodyWidth} height={bodyHeight} viewBox={`0 0 ${bodyWidth} ${bodyHeight}`} aria-hidden="true">
      <defs>
        <linearGradient id="spectral-map-scale" x1="0" y1="1" x2="0" y2="0">
          {gradientStops(viridis).map(({ offset, colour }) => (
            <stop key={offset} offset={offset} stopColor={colour} />
          ))}
        </linearGradient>
      </defs>
      <image
        x={plot.left}
        y={plot.top}
        width={plot.width}
        height={plot.height}
        preserveAspectRatio="none"
        href={uri}
      />
      {tickRadii
        .filter((radius) => radius < domain.radii)
        .map((radius) => (
          <text key={radius} x={plot.left - 5} y={yOf(radius) + 3} textAnchor="end" style={style}>
            {radius}
          </text>
        ))}
      {epochs.map((epoch) => (
        <text key={epoch} x={xOf(epoch)} y={bodyHeight - 8} textAnchor="middle" style={style}>
          {epoch}
        </text>
      ))}
      <rect
        x={bar.left}
        y={plot.top}
        width={bar.width}
        height={plot.height}
        fill="url(#spectral-map-scale)"
      />
      {decades.map((exponent) => (
        <text
          key={exponent}
          x={bar.left + bar.width + 4}
          y={Math.max(plot.top + 8, Math.min(plot.top + plot.height, barY(exponent) + 3))}
          style={style}
        >
          {formatFigure(10 ** exponent, 1)}
        </text>
      ))}
    </svg>
  );
};
