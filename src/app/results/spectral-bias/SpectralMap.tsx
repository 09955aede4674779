/** One map of a run's residual, epoch by radius, with its axes, its colour bar and a crosshair for pointer and keys. */
import { type KeyboardEvent, memo, type PointerEvent, useLayoutEffect, useMemo, useRef } from 'react';
import type { SpectrumRecord } from '#core/history.ts';
import type { LossSpectra } from '#store/run/loss-spectra.ts';
import { ColourBar } from '../../image/ColorBar.tsx';
import { viridis } from '../../image/color-map.ts';
import { controlHints } from '../../shared/hints/control-hints.ts';
import { lossLabels } from '../../shared/loss-labels.ts';
import { HintAt } from '../../ui/Hint.tsx';
import { useHint } from '../../ui/use-hint.ts';
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
  /** Axes and colours; undefined before there is a record. */
  readonly domain: MapDomain | undefined;
  readonly range: LogRange | undefined;
  readonly scale: PowerScale;
  readonly place: MapPlace | undefined;
  readonly onPlace: (place: MapPlace | undefined) => void;
  /** Id of the read-out. */
  readonly describedBy: string;
}

const rows = 144;
/** Axes of a map without records. */
const emptyDomain: MapDomain = { epochs: [1, 10], radii: 46 };

interface MapCanvasProps {
  readonly records: readonly SpectrumRecord[];
  readonly domain: MapDomain;
  readonly range: LogRange;
  readonly scale: PowerScale;
}

const MapCanvas = memo(({ records, domain, range, scale }: MapCanvasProps) => {
  const canvas = useRef<HTMLCanvasElement>(null);
  const columns = mapColumns(domain);
  useLayoutEffect(() => {
    const pixels = paintMap(records, domain, scale, range, viridis, rows);
    canvas.current?.getContext('2d')?.putImageData(new ImageData(pixels, columns, rows), 0, 0);
  }, [records, domain, scale, range, columns]);
  return <canvas ref={canvas} className="pixel-canvas" width={columns} height={rows} />;
});
MapCanvas.displayName = 'MapCanvas';

/** Where the keys lead from a place, by epochs and radii; undefined for other keys. */
const moved = (
  key: string,
  { epoch, radius }: MapPlace,
  by: number,
  domain: MapDomain,
): MapPlace | undefined => {
  switch (key) {
    case 'ArrowLeft':
      return { epoch: epoch - by, radius };
    case 'ArrowRight':
      return { epoch: epoch + by, radius };
    case 'ArrowUp':
      return { epoch, radius: radius + by };
    case 'ArrowDown':
      return { epoch, radius: radius - by };
    case 'Home':
      return { epoch: domain.epochs[0], radius };
    case 'End':
      return { epoch: domain.epochs[1], radius };
    default:
      return undefined;
  }
};

const within = ({ epoch, radius }: MapPlace, { epochs: [first, last], radii }: MapDomain): MapPlace => ({
  epoch: Math.min(last, Math.max(first, epoch)),
  radius: Math.min(radii - 1, Math.max(0, radius)),
});

const centreOf = (radius: number, { radii }: MapDomain): number =>
  50 * (heightOfRadius(radius, radii) + heightOfRadius(radius + 1, radii));

export const SpectralMap = (props: SpectralMapProps) => {
  const { run, domain = emptyDomain, range, scale, place, onPlace, describedBy } = props;
  const [first, last] = domain.epochs;
  const bar = useMemo(
    () => range && { table: viridis, lower: 10 ** range.lower, upper: 10 ** range.upper },
    [range],
  );
  const hint = scale === 'relative' ? controlHints.relativePower : controlHints.absolutePower;
  const hintState = useHint();
  const blocked = range ? undefined : 'There is no epoch yet.';
  const onPointer = ({ currentTarget, clientX, clientY }: PointerEvent): void => {
    if (!range) return;
    const { left, top, width, height } = currentTarget.getBoundingClientRect();
    onPlace({
      epoch: epochAt((clientX - left) / width, domain),
      radius: radiusAtHeight(1 - (clientY - top) / height, domain.radii),
    });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // From here on the map is looked at, not what it means.
    hintState.setOpen(false);
    const next = moved(event.key, place ?? { epoch: last, radius: 0 }, event.shiftKey ? 8 : 1, domain);
    if (!next || !range) return;
    event.preventDefault();
    onPlace(within(next, domain));
  };
  return (
    <div className="spectral-map number" data-testid={`spectral-map-${run.loss}`}>
      <HintAt {...hint} blocked={blocked} state={hintState} side="left">
        <span className="spectral-map-radii" aria-hidden="true">
          {tickRadii
            .filter((radius) => radius < domain.radii)
            .map((radius) => (
              <span key={radius} style={{ bottom: `${centreOf(radius, domain)}%` }}>
                {radius}
              </span>
            ))}
        </span>
      </HintAt>
      <button
        type="button"
        className="spectral-map-picture"
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
        {range && <MapCanvas records={run.records} domain={domain} range={range} scale={scale} />}
        {run.records.length === 0 && <span className="placeholder">No epoch yet</span>}
        {place && (
          <>
            <i
              className="spectral-line spectral-line-epoch"
              style={{ left: `${(100 * (place.epoch - first + 0.5)) / (last - first + 1)}%` }}
            />
            <i
              className="spectral-line spectral-line-radius"
              style={{ bottom: `${centreOf(place.radius, domain)}%` }}
            />
          </>
        )}
      </button>
      {bar && <ColourBar scale={bar} />}
      <span className="spectral-map-epochs" aria-hidden="true">
        <span>{first}</span>
        <span>{last}</span>
      </span>
    </div>
  );
};
