/** Curves of residual power over image power by radius of frequency, with a cursor for pointer and keys. */
import { type KeyboardEvent, type PointerEvent, useCallback, useId, useMemo, useState } from 'react';
import { formatFigure } from '../../ui/format.ts';
import type { HintContent } from '../../ui/Hint.tsx';
import { HintAt } from '../../ui/Hint.tsx';
import { useHint } from '../../ui/use-hint.ts';
import type { Size } from '../../ui/use-size.ts';
import { CurveSwatch } from '../CurveSwatch.tsx';
import type { LegendEntry } from '../curve-style.ts';
import { ChartFrame } from '../frame/ChartFrame.tsx';
import { Plot } from '../Plot.tsx';
import { plotArea } from '../plot-area.ts';
import { RadialAxes } from './RadialAxes.tsx';
import {
  heightOfRatio,
  placeOfRadius,
  type RadialCurve,
  type RatioRange,
  radialData,
  radiusAtPlace,
  radiusText,
  ratioAt,
} from './radial-axis.ts';
import './radial.css';

interface RadialChartProps {
  readonly title: string;
  /** The settings that a reader of the figure needs. */
  readonly note: string;
  readonly hint: HintContent;
  /** Side S of the images in pixels. */
  readonly side: number;
  readonly curves: readonly RadialCurve[];
  /** Keep it while curves move (`grownRange`). */
  readonly range: RatioRange;
  /** Mean weight of each radius, drawn behind the curves on a scale of its own; undefined for none. */
  readonly weight?: ArrayLike<number> | undefined;
  /** Why there are no curves; undefined if there are. */
  readonly empty: string | undefined;
}

const margin = { left: 48, right: 12, top: 26, bottom: 22 } as const;

interface DrawnProps extends RadialChartProps {
  readonly size: Size;
  readonly radius: number | undefined;
  readonly onRadius: (radius: number | undefined) => void;
  readonly describedBy: string;
}

const Drawn = (props: DrawnProps) => {
  const { title, hint, side, curves, range, weight, size, radius, onRadius, describedBy } = props;
  const area = useMemo(() => plotArea(size, margin), [size]);
  const hintState = useHint();
  const corner = Math.round(side / Math.SQRT2);
  const xOf = (at: number): number => area.left + area.width * placeOfRadius(at, corner);
  const yOf = (ratio: number): number => area.top + area.height * (1 - heightOfRatio(ratio, range));
  const pathOf = (curve: RadialCurve): string => {
    let path = '';
    let isBroken = true;
    for (let at = 1; at < curve.power.length; at++) {
      const ratio = ratioAt(curve, at);
      if (Number.isNaN(ratio)) isBroken = true;
      else {
        path += `${isBroken ? 'M' : 'L'}${xOf(at).toFixed(2)} ${yOf(ratio).toFixed(2)}`;
        isBroken = false;
      }
    }
    return path;
  };
  const onPointer = ({ currentTarget, clientX }: PointerEvent): void => {
    const { left, width } = currentTarget.getBoundingClientRect();
    onRadius(radiusAtPlace((clientX - left) / width, corner));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    hintState.setOpen(false);
    const by = { ArrowLeft: -1, ArrowRight: 1, Home: -corner, End: corner }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    onRadius(Math.min(corner, Math.max(0, (radius ?? 1) + by * (event.shiftKey ? 8 : 1))));
  };
  return (
    <>
      <HintAt {...hint} state={hintState} side="top">
        <svg width={size.width} height={size.height} aria-hidden="true">
          <RadialAxes {...{ area, side, range, weight, corner }} />
          {curves.map((curve) => (
            <g key={curve.key} data-curve={curve.key}>
              <path
                className="radial-curve"
                d={pathOf(curve)}
                stroke={curve.style.color}
                strokeDasharray={curve.style.dash}
              />
              {ratioAt(curve, 0) >= 0 && (
                <circle cx={xOf(0)} cy={yOf(ratioAt(curve, 0))} r="3.5" fill={curve.style.color} />
              )}
            </g>
          ))}
          {radius !== undefined && (
            <g className="page-only">
              <path className="radial-cursor" d={`M${xOf(radius)} ${area.top}v${area.height}`} />
              {curves.map((curve) => {
                const ratio = ratioAt(curve, radius);
                return Number.isNaN(ratio) ? null : (
                  <circle
                    key={curve.key}
                    className="radial-point"
                    cx={xOf(radius)}
                    cy={yOf(ratio)}
                    r="4"
                    fill={curve.style.color}
                  />
                );
              })}
            </g>
          )}
        </svg>
      </HintAt>
      <button
        type="button"
        className="radial-area"
        style={{ left: area.left, top: area.top, width: area.width, height: area.height }}
        aria-label={`${title}: move the cursor with the arrow keys`}
        aria-describedby={describedBy}
        aria-description={hint.text}
        data-hint
        onFocus={hintState.handlers.onFocus}
        onPointerMove={onPointer}
        onPointerDown={onPointer}
        onPointerLeave={() => onRadius(undefined)}
        onBlur={() => {
          hintState.setOpen(false);
          onRadius(undefined);
        }}
        onKeyDown={onKeyDown}
      />
    </>
  );
};

const weightEntry: LegendEntry = {
  name: 'frequency weight, scaled to itself',
  color: 'var(--accent-tint)',
  dash: undefined,
};

export const RadialChart = (props: RadialChartProps) => {
  const { title, note, side, curves, empty, weight } = props;
  const [radius, setRadius] = useState<number>();
  const readOut = useId();
  const data = useCallback(() => radialData(curves, side), [curves, side]);
  const shapes: readonly LegendEntry[] = weight ? [weightEntry] : [];
  const at = radius !== undefined && radius <= Math.round(side / Math.SQRT2) ? radius : undefined;
  return (
    <div className="radial-chart">
      <ChartFrame
        title={title}
        note={note}
        axes={{ x: 'radius (cycles per image); above: period (px)', y: 'residual / image power, log axis' }}
        legend={[...curves.map(({ name, style }) => ({ name, ...style })), ...shapes]}
        label={title}
        empty={empty}
        data={data}
        place="radial-plot number"
      >
        <Plot>
          {(size) => <Drawn {...props} size={size} radius={at} onRadius={setRadius} describedBy={readOut} />}
        </Plot>
        {empty !== undefined && (
          <p className="chart-empty">
            <span>{empty}</span>
          </p>
        )}
      </ChartFrame>
      <p id={readOut} className="chart-note number" aria-live="polite">
        {at === undefined ? 'Point at the chart for values. 1: nothing learned.' : radiusText(at, side)}
      </p>
      <ul className="radial-legend number">
        {curves.map((curve) => (
          <li key={curve.key} data-testid={`radial-${curve.key}`}>
            <CurveSwatch {...curve.style} />
            <span>{curve.name}</span>
            {at !== undefined && <b>{formatRatio(ratioAt(curve, at))}</b>}
          </li>
        ))}
        {shapes.map(({ name, color }) => (
          <li key={name} data-testid="radial-weight">
            <i className="legend-square" style={{ background: color }} />
            <span>{name}</span>
          </li>
        ))}
      </ul>
    </div>
  );
};

const formatRatio = (ratio: number): string => (Number.isNaN(ratio) ? '–' : formatFigure(ratio));
