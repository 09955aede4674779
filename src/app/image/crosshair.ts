/** The crosshair: one place in all images and one in all spectra. Outside React, since it follows the pointer. */
import { createStore } from 'zustand/vanilla';
import { type PanelKind, type Place, revealing, setZoom, zoom } from './zoom.ts';

export interface CrosshairState {
  readonly image: Place | undefined;
  readonly spectrum: Place | undefined;
  /** A pinned crosshair does not follow the pointer. */
  readonly pinned: boolean;
}

export const crosshair = createStore<CrosshairState>()(() => ({
  image: undefined,
  spectrum: undefined,
  pinned: false,
}));

/** Column or row of a place in a panel of `side` pixels. */
export const pixelAt = (share: number, side: number): number =>
  Math.min(side - 1, Math.max(0, Math.floor(share * side)));

/** Moves the crosshair of a kind to the pixel at these shares. */
export const moveTo = (kind: PanelKind, x: number, y: number, side: number): void => {
  const center = (share: number): number => (pixelAt(share, side) + 0.5) / side;
  crosshair.setState({ [kind]: { x: center(x), y: center(y) } });
};

/** Moves the crosshair of a kind by whole pixels, the first time from the middle; a zoomed view follows. */
export const moveBy = (kind: PanelKind, columns: number, rows: number, side: number): void => {
  const { x, y } = crosshair.getState()[kind] ?? { x: 0.5, y: 0.5 };
  moveTo(kind, x + columns / side, y + rows / side, side);
  const at = crosshair.getState()[kind];
  if (at) setZoom(kind, revealing(zoom.getState()[kind], at, side));
};

/** Removes the crosshair of a kind, unless it is pinned. */
export const leave = (kind: PanelKind): void => {
  if (!crosshair.getState().pinned) crosshair.setState({ [kind]: undefined });
};

/** Removes both crosshairs, also pinned ones. */
export const clearCrosshair = (): void =>
  crosshair.setState({ image: undefined, spectrum: undefined, pinned: false });

export const togglePin = (): void => crosshair.setState(({ pinned }) => ({ pinned: !pinned }));
