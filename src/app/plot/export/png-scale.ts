/** The size of all PNG files of figures: pixels per unit of the drawing, as chosen on this visit. */
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

export const pngScales = [
  { value: 1, label: '1x' },
  { value: 2, label: '2x' },
  // 550 units printed 14 cm wide.
  { value: 3, label: '3x, 300 dpi' },
] as const;

export type PngScale = (typeof pngScales)[number]['value'];

const largest: PngScale = 3;

const chosen = createStore<{ readonly scale: PngScale }>()(() => ({ scale: largest }));

export const choosePngScale = (scale: PngScale): void => chosen.setState({ scale });

export const usePngScale = (): PngScale => useStore(chosen, ({ scale }) => scale);

export const pngScale = (): PngScale => chosen.getState().scale;

/** The name of a PNG file, which says its size unless it is the usual one. */
export const pngName = (name: string): string =>
  pngScale() === largest ? `${name}.png` : `${name}@${pngScale()}x.png`;
