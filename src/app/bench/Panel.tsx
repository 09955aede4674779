/** One square of the bench: caption, picture, colour bar, and the crosshair that it shares with its kind. */
import type { KeyboardEvent, PointerEvent, ReactNode } from 'react';
import { ColourBar, type Scale } from './ColourBar.tsx';
import { crosshair, moveBy, moveTo, type PanelKind, togglePin } from './crosshair.ts';
import { PixelCanvas } from './PixelCanvas.tsx';
import type { Pixels } from './paint.ts';
import './panel.css';

interface PanelProps {
  readonly name: string;
  readonly title: string;
  /** Unit and scale, at the right end of the caption. */
  readonly note: string;
  readonly kind: PanelKind;
  readonly side: number;
  readonly pixels: Pixels | undefined;
  readonly scale?: Scale | undefined;
  /** What stands in the place of a picture that is not there yet. */
  readonly placeholder: string;
  /** Lies over the picture. */
  readonly children?: ReactNode;
}

const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

export const Panel = ({
  name,
  title,
  note,
  kind,
  side,
  pixels,
  scale,
  placeholder,
  children,
}: PanelProps) => {
  const onPointerMove = ({ currentTarget, clientX, clientY }: PointerEvent): void => {
    if (crosshair.getState().pinned) return;
    const { left, top, width, height } = currentTarget.getBoundingClientRect();
    moveTo(kind, (clientX - left) / width, (clientY - top) / height, side);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const move = arrows[event.key];
    if (!move) return;
    event.preventDefault();
    const pixels = event.shiftKey ? 8 : 1;
    moveBy(kind, move[0] * pixels, move[1] * pixels, side);
  };
  return (
    <figure className="panel" data-testid={`panel-${name}`} data-filled={pixels !== undefined}>
      <figcaption>
        <b>{title}</b>
        <span className="number" title={note}>
          {note}
        </span>
      </figcaption>
      <button
        type="button"
        className={`picture picture-${kind}`}
        aria-label={`${title}: move the crosshair with the arrow keys, pin it with Enter`}
        onPointerMove={onPointerMove}
        onPointerDown={onPointerMove}
        onKeyDown={onKeyDown}
        onClick={togglePin}
      >
        {pixels ? (
          <PixelCanvas pixels={pixels} side={side} />
        ) : (
          <span className="placeholder">{placeholder}</span>
        )}
        {children}
        {pixels && (
          <>
            <i className="crosshair crosshair-vertical" />
            <i className="crosshair crosshair-horizontal" />
          </>
        )}
        {pixels && scale && <ColourBar scale={scale} />}
      </button>
    </figure>
  );
};
