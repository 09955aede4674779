/** A map of a run's residual, epoch by radius, with its axes and color bar, and a crosshair for pointer and keys. */
import { type KeyboardEvent, memo, type PointerEvent, useLayoutEffect, useMemo, useRef } from 'react';
import type { SpectrumRecord } from '#core/history.ts';
import { Plot } from '../../plot/Plot.tsx';
import { plotArea } from '../../plot/plot-area.ts';
import type { HintContent } from '../../ui/Hint.tsx';
import { HintAt } from '../../ui/Hint.tsx';
import { useHint } from '../../ui/use-hint.ts';
import type { Size } from '../../ui/use-size.ts';
import { LogColorBar, MapAxes } from './MapAxes.tsx';
import {
  bottomOf,
  columnOf,
  epochAt,
  type MapDomain,
  type MapPlace,
  mapColumns,
  middleOf,
  radiusAtHeight,
} from './map-geometry.ts';
import { type LogScale, type PowerScale, paintMap } from './spectral-map.ts';
import './spectral-map.css';

export interface SpectralMapProps {
  /** The content of the map, for readers who cannot see it. */
  readonly name: string;
  readonly hint: HintContent;
  readonly records: readonly SpectrumRecord[];
  /** Axes and colors; undefined before the first record. */
  readonly domain: MapDomain | undefined;
  readonly colors: LogScale | undefined;
  readonly scale: PowerScale;
  readonly place: MapPlace | undefined;
  readonly onPlace: (place: MapPlace | undefined) => void;
  /** The epoch that the page shows, as a line; undefined for no line. */
  readonly shownEpoch?: number | undefined;
  /** Called with the epoch of a click, or of Enter at the crosshair. */
  readonly onChoose?: (epoch: number) => void;
  /** Radii at whose lower edges a line is drawn, such as the edges of bands. */
  readonly edges?: readonly number[];
  /** Id of the read-out. */
  readonly describedBy: string;
}

/** The map on the page, and the figure. */
const layouts = {
  page: { margin: { left: 30, right: 42, top: 0, bottom: 15 }, bar: { gap: 5, width: 8 }, rows: 144 },
  figure: { margin: { left: 36, right: 58, top: 6, bottom: 22 }, bar: { gap: 10, width: 12 }, rows: 576 },
} as const;
const leastFigureHeight = 200;
/** Axes of a map without records. */
const emptyDomain: MapDomain = { epochs: [1, 10], radii: 46 };
const noEdges: readonly number[] = [];

interface MapPictureProps {
  readonly records: readonly SpectrumRecord[];
  readonly domain: MapDomain;
  readonly colors: LogScale;
  readonly scale: PowerScale;
  readonly rows: number;
}

const MapPicture = memo(({ records, domain, colors, scale, rows }: MapPictureProps) => {
  const canvas = useRef<HTMLCanvasElement>(null);
  const columns = mapColumns(domain);
  useLayoutEffect(() => {
    const pixels = paintMap(records, domain, scale, colors, rows);
    canvas.current?.getContext('2d')?.putImageData(new ImageData(pixels, columns, rows), 0, 0);
  }, [records, domain, scale, colors, columns, rows]);
  return <canvas ref={canvas} className="pixel-canvas" width={columns} height={rows} />;
});
MapPicture.displayName = 'MapPicture';

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
  const { name, hint, records, domain = emptyDomain, colors, scale, place, onPlace, describedBy } = props;
  const { shownEpoch, onChoose, edges = noEdges } = props;
  const { margin, bar, rows } = layouts[size.height < leastFigureHeight ? 'page' : 'figure'];
  const area = useMemo(() => plotArea(size, margin), [size, margin]);
  const hintState = useHint();
  const placeOf = ({
    currentTarget,
    clientX,
    clientY,
  }: Pick<PointerEvent, 'currentTarget' | 'clientX' | 'clientY'>) => {
    const { left, top, width, height } = currentTarget.getBoundingClientRect();
    return {
      epoch: epochAt((clientX - left) / width, domain),
      radius: radiusAtHeight(1 - (clientY - top) / height, domain.radii),
    };
  };
  const onPointer = (event: PointerEvent): void => {
    if (colors) onPlace(placeOf(event));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // From here on the user reads the map, and its hint would be in the way.
    hintState.setOpen(false);
    const next = placeAfter(event, place ?? { epoch: domain.epochs[1], radius: 1 }, domain);
    if (!next || !colors) return;
    event.preventDefault();
    onPlace(next);
  };
  const isShown =
    shownEpoch !== undefined && shownEpoch >= domain.epochs[0] && shownEpoch <= domain.epochs[1];
  return (
    <>
      <HintAt {...hint} blocked={colors ? undefined : 'No epoch yet.'} state={hintState} side="left">
        <svg width={size.width} height={size.height} aria-hidden="true">
          <rect
            className="spectral-map-ground page-only"
            x={area.left}
            y={area.top}
            width={area.width}
            height={area.height}
          />
          {colors && (
            <foreignObject x={area.left} y={area.top} width={area.width} height={area.height}>
              <MapPicture {...{ records, domain, colors, scale, rows }} />
            </foreignObject>
          )}
          {edges.map((radius) => (
            <path
              key={radius}
              className="spectral-map-edge"
              d={`M${area.left} ${area.top + area.height * (1 - bottomOf(radius, domain.radii))}h${area.width}`}
            />
          ))}
          <MapAxes area={area} domain={domain} />
          {colors && <LogColorBar area={area} scale={colors} {...bar} />}
        </svg>
      </HintAt>
      <button
        type="button"
        className="spectral-map-picture"
        style={{ left: area.left, top: area.top, width: area.width, height: area.height }}
        aria-label={`${name}: move the crosshair with the arrow keys${onChoose ? ', show its epoch with Enter' : ''}`}
        aria-describedby={describedBy}
        aria-description={hint.text}
        aria-disabled={!colors || undefined}
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
        onClick={(event) => {
          if (!colors) return;
          // A key's click has no place of its own.
          const chosen = event.detail === 0 ? place : placeOf(event);
          if (chosen) onChoose?.(chosen.epoch);
        }}
      >
        {records.length === 0 && <span className="placeholder">No epoch yet</span>}
        {colors && isShown && (
          <i
            className="spectral-line spectral-line-shown"
            data-testid="map-epoch"
            data-epoch={shownEpoch}
            style={{ left: `${100 * columnOf(shownEpoch, domain)}%` }}
          />
        )}
        {place && (
          <>
            <i
              className="spectral-line spectral-line-epoch"
              style={{ left: `${100 * columnOf(place.epoch, domain)}%` }}
            />
            <i
              className="spectral-line spectral-line-radius"
              style={{ bottom: `${100 * middleOf(place.radius, domain.radii)}%` }}
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
