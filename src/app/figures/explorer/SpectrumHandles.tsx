/** The cut-offs as circles on the spectrum, with handles for pointer and keyboard. */
import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { useStore } from 'zustand';
import { figureHints } from '../../shared/hints/figure-hints.ts';
import { Hint } from '../../ui/Hint.tsx';
import {
  type CutOff,
  cutOffAt,
  cutOffsOf,
  explorer,
  formatRadius,
  largestCutOff,
  moveCutOff,
  radiusStep,
} from './explorer-state.ts';

const names: Readonly<Record<CutOff, string>> = { inner: 'Inner cut-off', outer: 'Outer cut-off' };

/** Direction of each handle from the center: diagonals reach the corner, and these two avoid the color bar. */
const directions: Readonly<Record<CutOff, readonly [number, number]>> = {
  inner: [-Math.SQRT1_2, Math.SQRT1_2],
  outer: [-Math.SQRT1_2, -Math.SQRT1_2],
};

const stepsOfKeys: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
  PageDown: -8,
  PageUp: 8,
};

const move = (which: CutOff, radius: number, side: number): void =>
  explorer.setState((state) => moveCutOff(state, which, radius, side));

/** Distance of the pointer from the spectrum's zero frequency, in cycles per image. */
const radiusAt = ({ currentTarget, clientX, clientY }: PointerEvent<HTMLElement>, side: number): number => {
  const picture = currentTarget.closest('.picture') ?? currentTarget;
  const { left, top, width } = picture.getBoundingClientRect();
  const scale = side / width;
  // The zero frequency is the pixel at [side / 2, side / 2], whose center is half a pixel further.
  const middle = side / 2 + 0.5;
  return Math.hypot((clientX - left) * scale - middle, (clientY - top) * scale - middle);
};

interface SpectrumHandlesProps {
  readonly side: number;
}

export const SpectrumHandles = ({ side }: SpectrumHandlesProps) => {
  const state = useStore(explorer);
  const shown = cutOffsOf(state.mode);
  const middle = side / 2 + 0.5;
  const most = largestCutOff(side);
  const dragged = useRef<CutOff>(undefined);

  /** The mouse drags the nearest circle from anywhere on the spectrum; fingers drag only the handles. */
  const takeNearest = (event: PointerEvent<HTMLElement>): void => {
    if (event.pointerType !== 'mouse' || event.button !== 0) return;
    const radius = radiusAt(event, side);
    const distance = (which: CutOff): number => Math.abs(cutOffAt(state, which, side) - radius);
    dragged.current = shown.reduce((nearest, which) =>
      distance(which) < distance(nearest) ? which : nearest,
    );
    event.currentTarget.setPointerCapture(event.pointerId);
    move(dragged.current, radius, side);
  };

  const onKeyDown = (event: KeyboardEvent, which: CutOff): void => {
    const steps = stepsOfKeys[event.key];
    const target =
      event.key === 'Home'
        ? 0
        : event.key === 'End'
          ? most
          : steps && cutOffAt(state, which, side) + steps * radiusStep;
    if (target === undefined) return;
    event.preventDefault();
    move(which, target, side);
  };

  const hole = shown.includes('inner') ? cutOffAt(state, 'inner', side) : 0;
  const rim = shown.includes('outer') ? cutOffAt(state, 'outer', side) : most;
  return (
    <>
      <svg className="cut-offs" viewBox={`0 0 ${side} ${side}`} aria-hidden="true">
        {state.edges === 'ideal' && (
          <path
            className="cut-off-removed"
            fillRule="evenodd"
            d={`M0 0H${side}V${side}H0Z${circlePath(middle, rim)}${circlePath(middle, hole)}`}
          />
        )}
        {shown.map((which) => {
          const circle = { cx: middle, cy: middle, r: cutOffAt(state, which, side) } as const;
          return (
            <g key={which}>
              <circle className="cut-off-under" {...circle} />
              <circle className={`cut-off cut-off-${state.edges}`} {...circle} />
            </g>
          );
        })}
      </svg>
      <div
        className="cut-off-area"
        role="presentation"
        onPointerDown={takeNearest}
        onPointerMove={(event) => {
          if (dragged.current && event.currentTarget.hasPointerCapture(event.pointerId))
            move(dragged.current, radiusAt(event, side), side);
        }}
      />
      {shown.map((which) => {
        const [x, y] = directions[which];
        const radius = cutOffAt(state, which, side);
        const place = (direction: number): string => {
          const at = (middle + direction * radius) / side;
          return `${100 * Math.min(0.985, Math.max(0.015, at))}%`;
        };
        return (
          <Hint key={which} {...(which === 'inner' ? figureHints.innerRadius : figureHints.outerRadius)}>
            <div
              className="cut-off-handle"
              style={{ left: place(x), top: place(y) }}
              role="slider"
              tabIndex={0}
              aria-label={names[which]}
              aria-valuemin={0}
              aria-valuemax={most}
              aria-valuenow={radius}
              aria-valuetext={formatRadius(radius, side)}
              onKeyDown={(event) => onKeyDown(event, which)}
              onPointerDown={(event) => {
                event.currentTarget.setPointerCapture(event.pointerId);
                event.currentTarget.focus({ preventScroll: true });
              }}
              onPointerMove={(event) => {
                if (event.currentTarget.hasPointerCapture(event.pointerId))
                  move(which, radiusAt(event, side), side);
              }}
            />
          </Hint>
        );
      })}
    </>
  );
};

/** A circle around the middle as path data; nothing for a radius of 0. */
const circlePath = (middle: number, radius: number): string =>
  radius > 0
    ? `M${middle - radius} ${middle}a${radius} ${radius} 0 1 0 ${2 * radius} 0a${radius} ${radius} 0 1 0 ${-2 * radius} 0Z`
    : '';
