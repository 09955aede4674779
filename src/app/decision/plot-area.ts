/** Where a plot in the unit square lies within its drawing. */

import type { Size } from '../ui/use-size.ts';
import type { Place } from './operating-curve.ts';

/** In pixels of the drawing. */
export interface PlotArea {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Room for the names and the ticks of the axes. */
const margin = { left: 34, right: 7, top: 7, bottom: 27 } as const;

export const plotArea = ({ width, height }: Size): PlotArea => ({
  left: margin.left,
  top: margin.top,
  width: Math.max(1, width - margin.left - margin.right),
  height: Math.max(1, height - margin.top - margin.bottom),
});

/** Pixel of a place in the unit square. */
export const pixelOf = ({ left, top, width, height }: PlotArea, [x, y]: Place): Place => [
  left + x * width,
  top + (1 - y) * height,
];
