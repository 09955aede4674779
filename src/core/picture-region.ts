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
 * Returns the number of pictures of an image: 1, unless it is cut into tiles.
 * @param width of the file's image, at least 1
 * @param height of the file's image, at least 1
 */
export const pictureCount = (width: number, height: number, fit: Fit): number =>
  fit === 'tiles' ? Math.ceil(Math.max(width, height) / Math.min(width, height)) : 1;

/** The start of a tile along the longer side, rounded half up in whole numbers, so that other languages get the same. */
const tileStart = (tile: number, tiles: number, room: number): number =>
  tiles === 1 ? 0 : Math.floor((2 * tile * room + tiles - 1) / (2 * (tiles - 1)));

/**
 * Returns the part of an image that a picture shows, in pixels of the file. A padded picture reaches beyond the image. The
 * odd pixel of a crop or a padding is at the right or at the bottom.
 * @param width of the file's image, at least 1
 * @param height of the file's image, at least 1
 * @param tile place of the picture among those of the image, from 0; needed if it is cut into tiles
 * @returns whole numbers; a square, unless the image is squeezed
 */
export const regionOf = (width: number, height: number, fit: Fit, tile = 0): Rectangle => {
  if (fit === 'squeeze') return { left: 0, top: 0, width, height };
  if (fit === 'tiles') {
    const side = Math.min(width, height);
    const start = tileStart(tile, pictureCount(width, height, fit), Math.max(width, height) - side);
    return { left: width > height ? start : 0, top: width > height ? 0 : start, width: side, height: side };
  }
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
