/** Puts the maps and masks of an image's tiles together. */
import { type Rectangle, regionOf } from '../picture-region.ts';

/** The size of an image's file, and the side of its tiles. */
export interface StitchedImage {
  /** In pixels of the file. */
  readonly width: number;
  readonly height: number;
  /** Side S of a tile, in pixels. */
  readonly side: number;
}

/** The anomaly map of an image: [S, S], or stitched. */
export interface ImageMap {
  /** [height, width] row-major, at least 0. */
  readonly map: Float32Array;
  /** In pixels of the map. */
  readonly width: number;
  readonly height: number;
}

/**
 * A length of the file, at the scale of the tiles. It is rounded half up in whole numbers: a rounded scale would put the end of
 * the last tile and the edge of the map on two sides of a half.
 */
const scaled = (length: number, { width, height, side }: StitchedImage): number => {
  const shorter = Math.min(width, height);
  return Math.floor((2 * length * side + shorter) / (2 * shorter));
};

/** The size of a stitched map: its shorter side is S, and it has the aspect ratio of the image. */
export const stitchedSize = (image: StitchedImage): Pick<Rectangle, 'width' | 'height'> => ({
  width: scaled(image.width, image),
  height: scaled(image.height, image),
});

/**
 * Returns the part of a stitched map that a tile covers. Starts are rounded, so a tile lies up to half a pixel off; the last
 * one ends exactly at the edge, and no gap is between two.
 */
export const stitchedPart = (image: StitchedImage, tile: number): Rectangle => {
  const { width, height, side } = image;
  const { left, top } = regionOf(width, height, 'tiles', tile);
  return { left: scaled(left, image), top: scaled(top, image), width: side, height: side };
};

/** Calls `take` with the index in the stitched map and in the tile, for each pixel of a tile. */
const forEachPixel = (
  image: StitchedImage,
  tile: number,
  take: (stitched: number, pixel: number) => void,
): void => {
  const { width } = stitchedSize(image);
  const { left, top } = stitchedPart(image, tile);
  const { side } = image;
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      take((top + row) * width + left + column, row * side + column);
    }
  }
};

/**
 * Stitches the maps of all tiles, with their mean where they overlap.
 * @param maps [S, S] row-major each, in the order of the tiles
 * @returns a new array of `stitchedSize`, row-major
 */
export const stitchMaps = (maps: readonly Float32Array[], image: StitchedImage): Float32Array => {
  const { width, height } = stitchedSize(image);
  const sums = new Float32Array(width * height);
  const counts = new Uint8Array(width * height);
  for (const [tile, map] of maps.entries()) {
    forEachPixel(image, tile, (stitched, pixel) => {
      sums[stitched]! += map[pixel]!;
      counts[stitched]! += 1;
    });
  }
  for (let pixel = 0; pixel < sums.length; pixel++) sums[pixel]! /= counts[pixel]!;
  return sums;
};

/**
 * Stitches the masks of all tiles: a pixel is marked if any tile marks it.
 * @param masks [S, S] row-major each, in the order of the tiles
 * @returns a new array of `stitchedSize`, row-major, of 0 and 1
 */
export const stitchMasks = (masks: readonly Uint8Array[], image: StitchedImage): Uint8Array => {
  const { width, height } = stitchedSize(image);
  const stitched = new Uint8Array(width * height);
  for (const [tile, mask] of masks.entries()) {
    forEachPixel(image, tile, (to, from) => {
      if (mask[from] !== 0) stitched[to] = 1;
    });
  }
  return stitched;
};
