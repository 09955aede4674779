/** Resizes masks by area, such that a mask with marks never loses all of them. */

import type { Rectangle, Span } from '#core/picture-region.ts';

/** A mask, [height, width], 0 or 1. */
export interface Mask {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/** A mask at the side of the images. */
export interface ResizedMask {
  /** 0 or 1, [side, side]. */
  readonly pixels: Uint8Array<ArrayBuffer>;
  /** Whether the mask has marks but no pixel reached one half; the pixels with the largest fraction are then marked. */
  readonly thin: boolean;
}

/** The overlaps of source pixels with target pixels along one axis, in the order of the source. */
interface Overlaps {
  readonly source: Int32Array;
  readonly target: Int32Array;
  /** In units of 1 / side of a source pixel, which makes every length an integer. */
  readonly length: Int32Array;
  readonly count: number;
}

/** In these units a source pixel has length `side`, and a target pixel the length of the span. */
const overlapsOf = (sourceSize: number, side: number, span: Span): Overlaps => {
  const most = sourceSize + side;
  const [source, target, length] = [new Int32Array(most), new Int32Array(most), new Int32Array(most)];
  const sourceEnd = Math.min(sourceSize, span.start + span.length);
  let from = Math.max(0, span.start);
  let start = (from - span.start) * side;
  let to = Math.floor(start / span.length);
  let count = 0;
  for (; from < sourceEnd && to < side; count++) {
    const endOfSource = (from + 1 - span.start) * side;
    const endOfTarget = (to + 1) * span.length;
    const end = Math.min(endOfSource, endOfTarget);
    source[count] = from;
    target[count] = to;
    length[count] = end - start;
    if (end === endOfSource) from++;
    if (end === endOfTarget) to++;
    start = end;
  }
  return { source, target, length, count };
};

/**
 * Marked area of each target pixel, [side, side], in units of 1 / side^2 of a source pixel. A target pixel has the area of the
 * region in these units: at most 2^30, because images have at most 64 megapixels and 2^15 pixels a side. So every sum is exact
 * in 32 bits.
 */
const markedAreas = ({ width, height, pixels }: Mask, side: number, region: Rectangle): Int32Array => {
  const columns = overlapsOf(width, side, { start: region.left, length: region.width });
  const rows = overlapsOf(height, side, { start: region.top, length: region.height });
  const areas = new Int32Array(side * side);
  const markedLengths = new Int32Array(side);
  let summedRow = -1;
  for (let overlap = 0; overlap < rows.count; overlap++) {
    const row = rows.source[overlap];
    if (row !== summedRow) {
      markedLengths.fill(0);
      for (let column = 0; column < columns.count; column++) {
        markedLengths[columns.target[column]] +=
          columns.length[column] * pixels[row * width + columns.source[column]];
      }
      summedRow = row;
    }
    const start = rows.target[overlap] * side;
    for (let x = 0; x < side; x++) areas[start + x] += rows.length[overlap] * markedLengths[x];
  }
  return areas;
};

/**
 * Resizes a mask to a square. The coverage of a target pixel is the fraction of its area under marked source pixels, with
 * partial overlaps, in exact integer arithmetic. A pixel is marked if its coverage is at least one half. If no pixel reaches
 * one half, all pixels with the largest coverage are marked, unless that is 0. The same rule applies to enlarging.
 * Source: docs/paper-map.md, Beyond the paper.
 * @param mask at most 64 megapixels
 * @param side side S of the square, in pixels
 * @param region the part of the mask that is resized; beyond the mask, nothing is marked
 * @returns new arrays
 */
export const resizeMask = (
  mask: Mask,
  side: number,
  region: Rectangle = { left: 0, top: 0, width: mask.width, height: mask.height },
): ResizedMask => {
  const areas = markedAreas(mask, side, region);
  const half = (region.width * region.height) / 2;
  const largest = areas.reduce((most, area) => Math.max(most, area), 0);
  const thin = largest > 0 && largest < half;
  const needed = thin ? largest : half;
  return { pixels: Uint8Array.from(areas, (area) => (area >= needed ? 1 : 0)), thin };
};
