/** The zoom of the images and of the spectra, outside React, since it follows the pointer. */
import { createStore } from 'zustand/vanilla';

export type PanelKind = 'image' | 'spectrum';

/** A pixel's center in fractions of the panel, 0 to 1: the same in panels of any side. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** The visible part of a panel's content, in fractions of the content: panels of any size show the same part. */
export interface Zoom {
  /** At least 1; the content is this much larger than the panel. */
  readonly scale: number;
  /** Left end of the visible part, 0 to 1 - 1 / scale. */
  readonly left: number;
  /** Top end of the visible part, 0 to 1 - 1 / scale. */
  readonly top: number;
}

/** The whole content is visible. */
export const wholeContent: Zoom = { scale: 1, left: 0, top: 0 };

/** Pixels across the panel at the strongest zoom. */
const leastPixels = 4;

export const zoom = createStore<Readonly<Record<PanelKind, Zoom>>>()(() => ({
  image: wholeContent,
  spectrum: wholeContent,
}));

const clamped = (value: number, least: number, most: number): number =>
  Math.min(most, Math.max(least, value));

/** The nearest zoom that shows only content. */
const inside = ({ scale, left, top }: Zoom): Zoom => {
  const most = 1 - 1 / scale;
  return { scale, left: clamped(left, 0, most), top: clamped(top, 0, most) };
};

/** The place in the content at a place in the panel, both as fractions. */
export const contentAt = ({ scale, left, top }: Zoom, { x, y }: Place): Place => ({
  x: left + x / scale,
  y: top + y / scale,
});

/**
 * Zooms by a factor around a point of the panel. The point stays fixed as far as the content's edges allow.
 * @param at fraction of the panel
 * @param side pixels of the content along one side
 */
export const zoomedBy = (before: Zoom, factor: number, at: Place, side: number): Zoom => {
  const scale = clamped(before.scale * factor, 1, Math.max(1, side / leastPixels));
  const fixed = contentAt(before, at);
  return inside({ scale, left: fixed.x - at.x / scale, top: fixed.y - at.y / scale });
};

/** Moves the content with the pointer, by fractions of the panel. */
export const pannedBy = ({ scale, left, top }: Zoom, dx: number, dy: number): Zoom =>
  inside({ scale, left: left - dx / scale, top: top - dy / scale });

/** Moves as little as needed to show a place of the content, with a margin of one pixel. */
export const revealing = (before: Zoom, { x, y }: Place, side: number): Zoom => {
  const seen = 1 / before.scale;
  const margin = Math.min(1 / side, seen / 2);
  const moved = (start: number, at: number): number =>
    clamped(start, at + margin - seen, Math.max(at + margin - seen, at - margin));
  return inside({ ...before, left: moved(before.left, x), top: moved(before.top, y) });
};

/** Changes the zoom of all panels of a kind; returns whether it changed. */
export const setZoom = (kind: PanelKind, next: Zoom): boolean => {
  const before = zoom.getState()[kind];
  if (before.scale === next.scale && before.left === next.left && before.top === next.top) return false;
  zoom.setState({ [kind]: next });
  return true;
};
