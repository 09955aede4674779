/** The geometry from the pixels of a file to those of the model's picture, and back. */
import type { Fit, Framing } from './fit.ts';

/** A range along one axis, in pixels. */
export interface Span {
  readonly start: number;
  readonly length: number;
}

/** A rectangle with edges on the borders of pixels. */
export interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Returns the part of an image that its picture shows, in pixels of the file. A padded picture reaches beyond the image. The
 * odd pixel of a crop or a padding is at the right or at the bottom.
 * @param width of the file's image, at least 1
 * @param height of the file's image, at least 1
 * @returns whole numbers; a square, unless the image is squeezed
 */
export const regionOf = (width: number, height: number, fit: Fit): Rectangle => {
  if (fit === 'squeeze') return { left: 0, top: 0, width, height };
  const side = fit === 'pad' ? Math.max(width, height) : Math.min(width, height);
  const startOf = (size: number): number =>
    // The subtraction gives 0, not -0.
    size < side ? 0 - Math.floor((side - size) / 2) : Math.floor((size - side) / 2);
  return { left: startOf(width), top: startOf(height), width: side, height: side };
};

/** The part of `span` inside [0, size), mapped to a picture of this side and rounded outward. */
const shownSpan = ({ start, length }: Span, size: number, side: number): Span => {
  const from = Math.floor(((Math.max(start, 0) - start) * side) / length);
  const to = Math.ceil(((Math.min(start + length, size) - start) * side) / length);
  return { start: from, length: to - from };
};

/**
 * Returns the pixels of a picture that show some of the image; the others are padding.
 * @param width of the file's image, at least 1
 * @param height of the file's image, at least 1
 * @returns whole numbers, at least one pixel, within the picture
 */
export const shownPart = (width: number, height: number, { side, fit }: Framing): Rectangle => {
  const region = regionOf(width, height, fit);
  const across = shownSpan({ start: region.left, length: region.width }, width, side);
  const down = shownSpan({ start: region.top, length: region.height }, height, side);
  return { left: across.start, top: down.start, width: across.length, height: down.length };
};
