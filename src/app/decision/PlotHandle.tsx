/** A handle on a plot that moves the threshold: a slider for the keyboard and for screen readers. */
import type { CSSProperties, KeyboardEvent, PointerEvent } from 'react';
import type { Place, PlotArea } from '../plot/plot-area.ts';
import type { HintContent } from '../ui/Hint.tsx';
import { Hint } from '../ui/Hint.tsx';

interface PlotHandleProps {
  readonly label: string;
  readonly hint: HintContent;
  readonly className: string;
  readonly style: CSSProperties;
  readonly minimum: number;
  readonly maximum: number;
  readonly value: number;
  readonly valueText: string;
  /** The unit square, in pixels of the plot that holds the handle. */
  readonly area: PlotArea;
  /** Reports the point that the handle is dragged to, in units of the square; it may lie outside the square. */
  readonly onDrag: (place: Place) => void;
  /** Returns whether the key has a meaning. */
  readonly onKey: (key: string) => boolean;
}

export const PlotHandle = ({
  label,
  hint,
  className,
  style,
  minimum,
  maximum,
  value,
  valueText,
  area,
  onDrag,
  onKey,
}: PlotHandleProps) => {
  const drag = ({ currentTarget, clientX, clientY, pointerId }: PointerEvent<HTMLElement>): void => {
    const plot = currentTarget.parentElement;
    if (!plot || !currentTarget.hasPointerCapture(pointerId)) return;
    const { left, top } = plot.getBoundingClientRect();
    onDrag([(clientX - left - area.left) / area.width, 1 - (clientY - top - area.top) / area.height]);
  };
  return (
    <Hint {...hint} side="top">
      <div
        className={`plot-handle ${className}`}
        style={style}
        role="slider"
        tabIndex={0}
        aria-label={label}
        aria-valuemin={minimum}
        aria-valuemax={maximum}
        aria-valuenow={Math.min(maximum, Math.max(minimum, value))}
        aria-valuetext={valueText}
        onKeyDown={(event: KeyboardEvent) => {
          if (event.altKey || event.ctrlKey || event.metaKey) return;
          if (!onKey(event.key)) return;
          event.preventDefault();
          event.stopPropagation();
        }}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          event.currentTarget.focus({ preventScroll: true });
        }}
        onPointerMove={drag}
      />
    </Hint>
  );
};
