/** A map of a run's residual, epoch by radius, with its axes and color bar, and a crosshair for pointer and keys. */
import { type KeyboardEvent, memo, type PointerEvent, useId, useLayoutEffect, useMemo, useRef } from 'react';
import type { SpectrumRecord } from '#core/history.ts';
import type { LossSpectra } from '#store/run/loss-spectra.ts';
import { gradientStops, viridis } from '../../image/color-map.ts';
import { Plot } from '../../plot/Plot.tsx';
import { type PlotArea, plotArea } from '../../plot/plot-area.ts';
import { countAxis } from '../../plot/ticks.ts';
import { controlHints } from '../../shared/hints/control-hints.ts';
import { lossLabels } from '../../shared/labels.ts';
import { formatFigure } from '../../ui/format.ts';
import { HintAt } from '../../ui/Hint.tsx';
import { useHint } from '../../ui/use-hint.ts';
import type { Size } from '../../ui/use-size.ts';
import {
  epochAt,
  heightOfRadius,
  type LogRange,
  type MapDomain,
  type MapPlace,
  mapColumns,
  type PowerScale,
  paintMap,
  radiusAtHeight,
  tickRadii,
} from './spectral-map.ts';

export interface SpectralMapProps {
  readonly run: LossSpectra;
  /** Axes and colors; undefined before the first record. */
  readonly domain: MapDomain | undefined;
  readonly range: LogRange | undefined;
  readonly scale: PowerScale;
  readonly place: MapPlace | undefined;
  readonly onPlace: (place: MapPlace | undefined) => void;
  /** Id of the read-out. */
  readonly describedBy: string;
}

/** The map on the page, and the figure. */
const layouts = {
  page: { margin: { left: 23, right: 42, top: 0, bottom: 15 }, bar: { gap: 5, width: 8 }, rows: 144 },
  figure: { margin: { left: 32, right: 64, top: 6, bottom: 22 }, bar: { gap: 12, width: 12 }, rows: 576 },
} as const;
const leastFigureHeight = 200;
/** Axes of a map without records. */
const emptyDomain: MapDomain = { epochs: [1, 10], radii: 46 };

interface MapPictureProps {
  readonly records: readonly SpectrumRecord[];
  readonly domain: MapDomain;
  readonly range: LogRange;
  readonly scale: PowerScale;
  readonly rows: number;
}

const MapPicture = memo(({ records, domain, range, scale, rows }: MapPictureProps) => {
  const canvas = useRef<HTMLCanvasElement>(null);
  const columns = mapColumns(domain);
  useLayoutEffect(() => {
    const pixels = paintMap(records, domain, scale, range, viridis, rows);
    canvas.current?.getContext('2d')?.putImageData(new ImageData(pixels, columns, rows), 0, 0);
  }, [records, domain, scale, range, columns, rows]);
  return <canvas ref={canvas} className="pixel-canvas" width={columns} height={rows} />;
});
MapPicture.displayName = 'MapPicture';

/** Height of the middle of a radius's row, 0 to 1. */
const middleOf = (radius: number, { radii }: MapDomain): number =>
  (heightOfRadius(radius, radii) + heightOfRadius(radius + 1, radii)) / 2;

/** The middle of an epoch's column, 0 to 1. */
const columnOf = (epoch: number, { epochs: [first, last] }: MapDomain): number =>
  (epoch - first + 0.5) / (last - first + 1);

const Axes = ({ area, domain }: { readonly area: PlotArea; readonly domain: MapDomain }) => {
  const [first, last] = domain.epochs;
  return (
    <>
      {tickRadii
        .filter((radius) => radius < domain.radii)
        .map((radius) => (
          <text
            key={radius}
            x={area.left - 5}
            y={area.top + area.height * (1 - middleOf(radius, domain)) + 3}
            textAnchor="end"
          >
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
  readonly range: LogRange;
  readonly gap: number;
  readonly width: number;
}

const LogColorBar = ({ area, range: { lower, upper }, gap, width }: LogColorBarProps) => {
  const gradient = useId();
  const left = area.left + area.width + gap;
  const decades = Array.from(
    { length: Math.floor(upper) - Math.ceil(lower) + 1 },
    (_, i) => Math.ceil(lower) + i,
  );
  const yOf = (exponent: number): number => area.top + (area.height * (upper - exponent)) / (upper - lower);
  return (
    <>
      <defs>
        <linearGradient id={gradient} x1="0" y1="1" x2="0" y2="0">
          {gradientStops(viridis).map(({ offset, color }) => (
            <stop key={offset} offset={offset} stopColor={color} />
          ))}
        </linearGradient>
      </defs>
      <rect x={left} y={area.top} width={width} height={area.height} fill={`url(#${gradient})`} />
      {decades.map((exponent) => (
        <text
          key={exponent}
          x={left + width + 4}
          y={Math.max(area.top + 8, Math.min(area.top + area.height, yOf(exponent) + 3))}
        >
          {formatFigure(10 ** exponent, 1)}
        </text>
      ))}
    </>
  );
};

const steps: Readonly<Record<string, readonly [epochs: number, radii: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
  Home: [Number.NEGATIVE_INFINITY, 0],
  End: [Number.POSITIVE_INFINITY, 0],
};

/** The place that a key leads to; undefined for other keys. */
const placeAfter = (
  { key, shiftKey }: KeyboardEvent,
  { epoch, radius }: MapPlace,
  { epochs: [first, last], radii }: MapDomain,
): MapPlace | undefined => {
  const step = steps[key];
  const by = shiftKey ? 8 : 1;
  return (
    step && {
      epoch: Math.min(last, Math.max(first, epoch + by * step[0])),
      radius: Math.min(radii - 1, Math.max(0, radius + by * step[1])),
    }
  );
};

const SizedMap = ({ size, ...props }: SpectralMapProps & { readonly size: Size }) => {
  const { run, domain = emptyDomain, range, scale, place, onPlace, describedBy } = props;
  const { margin, bar, rows } = layouts[size.height < leastFigureHeight ? 'page' : 'figure'];
  const area = useMemo(() => plotArea(size, margin), [size, margin]);
  const hint = scale === 'relative' ? controlHints.relativePower : controlHints.absolutePower;
  const hintState = useHint();
  const onPointer = ({ currentTarget, clientX, clientY }: PointerEvent): void => {
    if (!range) return;
    const { left, top, width, height } = currentTarget.getBoundingClientRect();
    onPlace({
      epoch: epochAt((clientX - left) / width, domain),
      radius: radiusAtHeight(1 - (clientY - top) / height, domain.radii),
    });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // From here on the user reads the map, and its hint would be in the way.
    hintState.setOpen(false);
    const next = placeAfter(event, place ?? { epoch: domain.epochs[1], radius: 0 }, domain);
    if (!next || !range) return;
    event.preventDefault();
    onPlace(next);
  };
  return (
    <>
      <HintAt {...hint} blocked={range ? undefined : 'No epoch yet.'} state={hintState} side="left">
        <svg width={size.width} height={size.height} aria-hidden="true">
          <rect
            className="spectral-map-ground page-only"
            x={area.left}
            y={area.top}
            width={area.width}
            height={area.height}
          />
          {range && (
            <foreignObject x={area.left} y={area.top} width={area.width} height={area.height}>
              <MapPicture records={run.records} {...{ domain, range, scale, rows }} />
            </foreignObject>
          )}
          <Axes area={area} domain={domain} />
          {range && <LogColorBar area={area} range={range} {...bar} />}
        </svg>
      </HintAt>
      <button
        type="button"
        className="spectral-map-picture"
        style={{ left: area.left, top: area.top, width: area.width, height: area.height }}
        aria-label={`${lossLabels[run.loss]}, residual by epoch and radius: move the crosshair with the arrow keys`}
        aria-describedby={describedBy}
        aria-description={hint.text}
        aria-disabled={!range || undefined}
        data-hint
        onFocus={hintState.handlers.onFocus}
        onPointerMove={onPointer}
        onPointerDown={onPointer}
        onPointerLeave={() => onPlace(undefined)}
        onBlur={() => {
          hintState.setOpen(false);
          onPlace(undefined);
        }}
        onKeyDown={onKeyDown}
      >
        {run.records.length === 0 && <span className="placeholder">No epoch yet</span>}
        {place && (
          <>
            <i
              className="spectral-line spectral-line-epoch"
              style={{ left: `${100 * columnOf(place.epoch, domain)}%` }}
            />
            <i
              className="spectral-line spectral-line-radius"
              style={{ bottom: `${100 * middleOf(place.radius, domain)}%` }}
            />
          </>
        )}
      </button>
    </>
  );
};

export const SpectralMap = (props: SpectralMapProps) => (
  <Plot>{(size) => <SizedMap size={size} {...props} />}</Plot>
);
