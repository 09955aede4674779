/** A control point: drag it, or move it with the arrow keys; Delete removes it. */
import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import type { CurvePoint } from '#core/frequency-weight/monotone-curve.ts';

interface CurveHandleProps {
  readonly point: CurvePoint;
  /** Counts from 1. */
  readonly number: number;
  readonly count: number;
  /** Upper end of the axis. */
  readonly top: number;
  readonly disabled: boolean;
  /** `same`: whether this call continues the movement of the last call. */
  readonly onMove: (point: CurvePoint, same: boolean) => void;
  readonly onRemove: () => void;
}

const step = 0.01;
const bigStep = 0.1;

/** Steps to the right and upwards. */
const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

export const CurveHandle = ({ point, number, count, top, disabled, onMove, onRemove }: CurveHandleProps) => {
  const dragged = useRef<'no' | 'held' | 'moved'>('no');

  const onPointerDown = (event: PointerEvent): void => {
    if (disabled || event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    dragged.current = 'held';
  };
  const onPointerMove = ({ currentTarget, clientX, clientY }: PointerEvent): void => {
    const plot = currentTarget.parentElement?.getBoundingClientRect();
    if (dragged.current === 'no' || !plot) return;
    const radius = (clientX - plot.left) / plot.width;
    const value = top * (1 - (clientY - plot.top) / plot.height);
    onMove({ radius, value }, dragged.current === 'moved');
    dragged.current = 'moved';
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const move = arrows[event.key];
    if (disabled || (!move && event.key !== 'Delete' && event.key !== 'Backspace')) return;
    event.preventDefault();
    if (!move) {
      onRemove();
      return;
    }
    const size = event.shiftKey ? bigStep : step;
    const moved = { radius: point.radius + move[0] * size, value: point.value + move[1] * size * top };
    onMove(moved, event.repeat);
  };

  return (
    <span
      className="curve-handle"
      role="slider"
      tabIndex={0}
      aria-label={`Point ${number} of ${count}`}
      aria-valuemin={0}
      aria-valuemax={top}
      aria-valuenow={point.value}
      aria-valuetext={`radius ${point.radius}, weight ${point.value}`}
      aria-disabled={disabled}
      style={{ left: `${100 * point.radius}%`, top: `${100 * (1 - point.value / top)}%` }}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onLostPointerCapture={() => {
        dragged.current = 'no';
      }}
      onKeyDown={onKeyDown}
    />
  );
};
