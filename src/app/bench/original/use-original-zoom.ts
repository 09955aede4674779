/** The zoom of an original image: from the whole image to a few pixels, around the pointer. */
import { type KeyboardEvent, type RefCallback, useCallback, useLayoutEffect, useRef, useState } from 'react';

export interface OriginalSize {
  /** In pixels of the file. */
  readonly width: number;
  readonly height: number;
}

export interface OriginalZoom {
  /** CSS pixels for a pixel of the file. */
  readonly scale: number;
  /** Doublings beyond the whole image. */
  readonly level: number;
  readonly mostLevel: number;
  /** Whether the whole image is shown at 1:1 or larger. */
  readonly fits: boolean;
  /** The scale in words: `150 %`. */
  readonly text: string;
  setLevel(level: number): void;
  toActualSize(): void;
  onKeyDown(event: KeyboardEvent): void;
  /** For the element inside the scrolling one. */
  readonly frame: RefCallback<HTMLElement>;
}

/** CSS pixels for a pixel of the file at the strongest zoom. */
const mostScale = 16;
const keyStep = 0.5;
const wheelStep = 0.0025;

const clamped = (value: number, least: number, most: number): number =>
  Math.min(most, Math.max(least, value));

export const useOriginalZoom = (image: OriginalSize | undefined): OriginalZoom => {
  const [level, setOwnLevel] = useState(0);
  const [room, setRoom] = useState({ width: 1, height: 1 });
  const scroller = useRef<HTMLElement>(null);
  /** The fixed point of the next change, as a place in the region and a share of the content. */
  const anchor = useRef<{ x: number; y: number; across: number; down: number }>(undefined);
  const fit = image ? Math.min(room.width / image.width, room.height / image.height) : 1;
  const mostLevel = Math.max(0, Math.log2(mostScale / fit));
  const scale = fit * 2 ** clamped(level, 0, mostLevel);

  const zoomTo = useCallback(
    (next: (before: number) => number, at?: { clientX: number; clientY: number }) => {
      const region = scroller.current;
      const content = region?.querySelector('.original-content')?.getBoundingClientRect();
      if (region && content) {
        const frame = region.getBoundingClientRect();
        const x = at ? at.clientX - frame.left : region.clientWidth / 2;
        const y = at ? at.clientY - frame.top : region.clientHeight / 2;
        anchor.current = {
          ...{ x, y },
          across: (frame.left + x - content.left) / content.width,
          down: (frame.top + y - content.top) / content.height,
        };
      }
      setOwnLevel(next);
    },
    [],
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: runs after each change of the scale.
  useLayoutEffect(() => {
    const region = scroller.current;
    const content = region?.querySelector<HTMLElement>('.original-content');
    const at = anchor.current;
    if (!region || !content || !at) return;
    anchor.current = undefined;
    region.scrollLeft = content.offsetLeft + at.across * content.offsetWidth - at.x;
    region.scrollTop = content.offsetTop + at.down * content.offsetHeight - at.y;
  }, [scale]);

  const change = useCallback(
    (by: number, at?: { clientX: number; clientY: number }) =>
      zoomTo((before) => clamped(before + by, 0, mostLevel), at),
    [zoomTo, mostLevel],
  );
  const latest = useRef(change);
  useLayoutEffect(() => {
    latest.current = change;
  }, [change]);

  const frame = useCallback((element: HTMLElement | null) => {
    const region = element?.parentElement;
    if (!region) return;
    scroller.current = region;
    // The room of the whole image, before scroll bars.
    const measure = (): void => setRoom({ width: region.offsetWidth - 2, height: region.offsetHeight - 2 });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(region);
    const onWheel = (event: WheelEvent): void => {
      event.preventDefault();
      latest.current(-event.deltaY * wheelStep, event);
    };
    region.addEventListener('wheel', onWheel, { passive: false });
    return () => {
      observer.disconnect();
      region.removeEventListener('wheel', onWheel);
    };
  }, []);

  return {
    scale,
    level: clamped(level, 0, mostLevel),
    mostLevel,
    fits: fit >= 1,
    text: `${Math.round(100 * scale)} %`,
    setLevel: (next) => zoomTo(() => next),
    toActualSize: () => zoomTo(() => clamped(Math.log2(1 / fit), 0, mostLevel)),
    onKeyDown: (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === '0') zoomTo(() => 0);
      else if (event.key === '+' || event.key === '=') change(keyStep);
      else if (event.key === '-') change(-keyStep);
      else return;
      event.preventDefault();
    },
    frame,
  };
};
