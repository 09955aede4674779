/**
 * Ctrl or Cmd with the wheel, pinch, drag, double-click and keys on a panel zoom and move all panels of its kind, by style alone.
 */
import { type RefObject, useEffect } from 'react';
import { crosshair } from './crosshair.ts';
import { hideWheelHint, showWheelHint } from './wheel-hint.ts';
import {
  type PanelKind,
  type Place,
  pannedBy,
  setZoom,
  wholeContent,
  type Zoom,
  zoom,
  zoomedBy,
} from './zoom.ts';

const kinds = ['image', 'spectrum'] as const;

/** A press with less movement is a click. */
const clickPixels = 3;
const keyFactor = 1.5;

/** A notch of a wheel is some 100 pixels, a step of a touchpad's pinch a few: both arrive as a wheel with Ctrl. */
const perWheelPixel = 0.01;
const mostPerEvent = 0.25;

/** Zoom factor of a wheel event. */
const wheelFactor = ({ deltaY, deltaMode }: WheelEvent): number => {
  const pixels = deltaY * (deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1);
  return Math.exp(Math.max(-mostPerEvent, Math.min(mostPerEvent, -pixels * perWheelPixel)));
};

interface Frame {
  readonly element: HTMLElement;
  readonly kind: PanelKind;
  readonly side: number;
}

const frameOf = (target: EventTarget | null): Frame | undefined => {
  const element = target instanceof Element ? target.closest<HTMLElement>('.picture-frame') : null;
  const kind = kinds.find((candidate) => candidate === element?.dataset.kind);
  return element && kind ? { element, kind, side: Number(element.dataset.side) } : undefined;
};

const placeIn = ({ element }: Frame, clientX: number, clientY: number): Place => {
  const { left, top, width, height } = element.getBoundingClientRect();
  return { x: (clientX - left) / width, y: (clientY - top) / height };
};

/** The fixed point of the keys' zoom: the crosshair if it is in view, else the middle. */
const keyPlace = (kind: PanelKind): Place => {
  const at = crosshair.getState()[kind];
  const { scale, left, top } = zoom.getState()[kind];
  const place = at && { x: (at.x - left) * scale, y: (at.y - top) * scale };
  const inSight = place && Math.min(place.x, place.y) >= 0 && Math.max(place.x, place.y) <= 1;
  return inSight ? place : { x: 0.5, y: 0.5 };
};

const isControl = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('[role=slider]') !== null;

/** One press on a panel, by a pointer or by two fingers. */
interface Press {
  readonly frame: Frame;
  readonly start: Place;
  /** The last place of each pointer, in fractions of the panel. */
  readonly pointers: Map<number, Place>;
  moved: boolean;
}

const middleOf = ({ pointers }: Press): Place => {
  const places = [...pointers.values()];
  const mean = (axis: 'x' | 'y'): number => places.reduce((sum, at) => sum + at[axis], 0) / places.length;
  return { x: mean('x'), y: mean('y') };
};

/** Mean distance from the middle; 0 for one pointer. */
const spreadOf = (press: Press): number => {
  const { x, y } = middleOf(press);
  const places = [...press.pointers.values()];
  return places.reduce((sum, at) => sum + Math.hypot(at.x - x, at.y - y), 0) / places.length;
};

const listen = (panels: HTMLElement): (() => void) => {
  const ends = new AbortController();
  const { signal } = ends;
  let press: Press | undefined;
  let wasDragged = false;
  const change = ({ kind }: Frame, next: (before: Zoom) => Zoom): boolean =>
    setZoom(kind, next(zoom.getState()[kind]));

  const onWheel = (event: WheelEvent): void => {
    const frame = frameOf(event.target);
    if (!frame) return;
    if (!event.ctrlKey && !event.metaKey) {
      if (frame.element.closest('[data-filled="true"]')) showWheelHint(frame.element);
      return;
    }
    // Also at both ends of the zoom: the browser would zoom the whole page.
    event.preventDefault();
    hideWheelHint();
    const at = placeIn(frame, event.clientX, event.clientY);
    change(frame, (before) => zoomedBy(before, wheelFactor(event), at, frame.side));
  };

  const onPointerDown = (event: PointerEvent): void => {
    const frame = frameOf(event.target);
    if (!frame || event.button !== 0 || isControl(event.target)) return;
    wasDragged = false;
    const at = placeIn(frame, event.clientX, event.clientY);
    if (press?.frame.element !== frame.element) {
      press = { frame, start: at, pointers: new Map(), moved: false };
    }
    press.pointers.set(event.pointerId, at);
  };

  const onPointerMove = (event: PointerEvent): void => {
    if (!press?.pointers.has(event.pointerId)) return;
    const { frame, start, pointers } = press;
    const at = placeIn(frame, event.clientX, event.clientY);
    const pixels = Math.hypot(at.x - start.x, at.y - start.y) * frame.element.clientWidth;
    if (!press.moved && pixels <= clickPixels && pointers.size === 1) return;
    if (!press.moved) {
      press.moved = true;
      if (event.target instanceof Element)
        event.target.closest('.picture')?.setPointerCapture(event.pointerId);
    }
    const before = middleOf(press);
    const spread = spreadOf(press);
    pointers.set(event.pointerId, at);
    const after = middleOf(press);
    const factor = spread > 0 ? spreadOf(press) / spread : 1;
    change(frame, (now) =>
      zoomedBy(pannedBy(now, after.x - before.x, after.y - before.y), factor, after, frame.side),
    );
  };

  const onPointerEnd = (event: PointerEvent): void => {
    if (!press?.pointers.delete(event.pointerId) || press.pointers.size > 0) return;
    wasDragged = press.moved;
    press = undefined;
  };

  const onClick = (event: MouseEvent): void => {
    if (wasDragged && event.detail > 0 && frameOf(event.target)) event.stopPropagation();
    wasDragged = false;
  };

  const onDoubleClick = ({ target }: MouseEvent): void => {
    const frame = frameOf(target);
    if (frame && !isControl(target)) change(frame, () => wholeContent);
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    const frame = frameOf(event.target);
    if (!frame || isControl(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    const { kind, side } = frame;
    if (event.key === '0') change(frame, () => wholeContent);
    else if (event.key === '+' || event.key === '=')
      change(frame, (before) => zoomedBy(before, keyFactor, keyPlace(kind), side));
    else if (event.key === '-')
      change(frame, (before) => zoomedBy(before, 1 / keyFactor, keyPlace(kind), side));
    else return;
    event.preventDefault();
  };

  panels.addEventListener('wheel', onWheel, { passive: false, signal });
  panels.addEventListener('pointerdown', onPointerDown, { signal });
  panels.addEventListener('pointermove', onPointerMove, { signal });
  // A press may end outside the panel before the pointer is captured.
  window.addEventListener('pointerup', onPointerEnd, { signal });
  window.addEventListener('pointercancel', onPointerEnd, { signal });
  // Before React's click, which pins the crosshair.
  panels.addEventListener('click', onClick, { capture: true, signal });
  panels.addEventListener('dblclick', onDoubleClick, { signal });
  panels.addEventListener('keydown', onKeyDown, { signal });
  return () => ends.abort();
};

/** Links the panels inside an element, and writes the zoom of each kind into its style. */
export const useLinkedZoom = (panels: RefObject<HTMLElement | null>): void => {
  useEffect(() => {
    const element = panels.current;
    if (!element) return;
    const place = (state: Readonly<Record<PanelKind, Zoom>>): void => {
      for (const kind of kinds) {
        const { scale, left, top } = state[kind];
        element.toggleAttribute(`data-${kind}-zoomed`, scale > 1);
        element.style.setProperty(`--${kind}-scale`, String(scale));
        element.style.setProperty(`--${kind}-left`, String(left));
        element.style.setProperty(`--${kind}-top`, String(top));
      }
    };
    place(zoom.getState());
    const ends = [zoom.subscribe(place), listen(element)];
    return () => {
      for (const end of ends) end();
    };
  }, [panels]);
};
