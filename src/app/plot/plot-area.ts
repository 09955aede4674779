/** The area of a drawing that the axes enclose. */
import type { Size } from '../ui/use-size.ts';

/** In pixels of the drawing. */
export interface PlotArea {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Room for the labels around the area, in pixels. */
export interface PlotMargin {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export const plotArea = ({ width, height }: Size, { left, right, top, bottom }: PlotMargin): PlotArea => ({
  left,
  top,
  width: Math.max(1, width - left - right),
  height: Math.max(1, height - top - bottom),
});

/** A place in the unit square, from its lower left corner. */
export type Place = readonly [x: number, y: number];

/** Pixel of a place in the area. */
export const pixelOf = ({ left, top, width, height }: PlotArea, [x, y]: Place): Place => [
  left + x * width,
  top + (1 - y) * height,
];

/** The path through places in the area. */
export const pathOf = (area: PlotArea, places: readonly Place[]): string =>
  places.length === 0 ? '' : `M${places.map((place) => pixelOf(area, place).join(' ')).join('L')}`;
