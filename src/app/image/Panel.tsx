/** A panel: caption, picture and color bar. Panels of one kind share crosshair and zoom. */
import type { KeyboardEvent, PointerEvent, ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { EnlargeButton } from '../ui/EnlargeButton.tsx';
import { HintAt, type HintContent } from '../ui/Hint.tsx';
import { useStaged } from '../ui/stage.ts';
import { useHint } from '../ui/use-hint.ts';
import { ColorBar, type Scale } from './ColorBar.tsx';
import { crosshair, leave, moveBy, moveTo, togglePin } from './crosshair.ts';
import { PixelCanvas } from './PixelCanvas.tsx';
import type { Pixels } from './paint.ts';
import { ZoomReset } from './ZoomReset.tsx';
import type { PanelKind } from './zoom.ts';
import './panel.css';

interface PanelProps {
  readonly name: string;
  readonly title: string;
  /** The meaning of the picture. */
  readonly hint: HintContent;
  /** Unit and scale, at the right end of the caption. */
  readonly note: string;
  /** Whether the note is important. */
  readonly noteStressed?: boolean;
  readonly kind: PanelKind;
  readonly side: number;
  /** Whether the picture is of the present evaluation, for its veil; undefined if it depends on none. */
  readonly shown?: 'current' | 'stale' | 'pending' | undefined;
  /** Undefined while there is no picture. */
  readonly pixels?: Pixels | undefined;
  readonly scale?: Scale | undefined;
  /** The text in place of a missing picture. */
  readonly placeholder: string;
  /** Drawn over the picture and zoomed with it. */
  readonly children?: ReactNode;
  /** Drawn over the panel without zoom; may have controls. */
  readonly controls?: ReactNode;
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
  hint,
  note,
  noteStressed = false,
  kind,
  side,
  shown,
  pixels,
  scale,
  placeholder,
  children,
  controls,
}: PanelProps) => {
  const hintState = useHint();
  const { id, place } = useStaged(name, title);
  const onPointerMove = ({ currentTarget, clientX, clientY }: PointerEvent): void => {
    if (crosshair.getState().pinned || !currentTarget.firstElementChild) return;
    // The first child is zoomed: it is larger than the picture, and moved.
    const { left, top, width, height } = currentTarget.firstElementChild.getBoundingClientRect();
    moveTo(kind, (clientX - left) / width, (clientY - top) / height, side);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // From here on the user inspects the panel and needs no hint.
    hintState.setOpen(false);
    const move = arrows[event.key];
    if (!move) return;
    event.preventDefault();
    const pixels = event.shiftKey ? 8 : 1;
    moveBy(kind, move[0] * pixels, move[1] * pixels, side);
  };
  const figure = (
    <figure
      className="panel"
      data-testid={`panel-${name}`}
      data-filled={pixels !== undefined}
      data-shown={shown}
    >
      <figcaption>
        <HintAt {...hint} state={hintState} side="top">
          <b>{title}</b>
        </HintAt>
        <span className="number" title={note} data-stressed={noteStressed}>
          {note}
        </span>
      </figcaption>
      <div className="picture-frame" data-kind={kind} data-side={side}>
        <button
          type="button"
          className={`picture picture-${kind}`}
          aria-label={`${title}: move the crosshair with the arrow keys, pin it with Enter, zoom with plus, minus and 0`}
          aria-description={hint.text}
          data-hint
          onFocus={hintState.handlers.onFocus}
          onBlur={() => hintState.setOpen(false)}
          onPointerMove={onPointerMove}
          onPointerDown={onPointerMove}
          onPointerLeave={({ pointerType }) => {
            // A finger leaves before its tap pins the crosshair.
            if (pointerType !== 'touch') leave(kind);
          }}
          onKeyDown={onKeyDown}
          onClick={togglePin}
        >
          <span className="zoom-layer">
            {pixels && <PixelCanvas pixels={pixels} side={side} />}
            {children}
            {pixels && (
              <>
                <i className="crosshair crosshair-vertical" />
                <i className="crosshair crosshair-horizontal" />
              </>
            )}
          </span>
          {!pixels && <span className="placeholder">{placeholder}</span>}
          {pixels && scale && <ColorBar scale={scale} />}
        </button>
        {controls}
        {pixels && <ZoomReset kind={kind} />}
        {pixels && !place && <EnlargeButton id={id} title={title} />}
      </div>
    </figure>
  );
  if (!place) return figure;
  return (
    <>
      <div className="panel panel-away" />
      {createPortal(figure, place)}
    </>
  );
};
