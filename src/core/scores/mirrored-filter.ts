/** A separable symmetric filter with a mirrored border: the blur of scores and the window of SSIM. */
import {
  firstReach,
  firstSweep,
  laterReach,
  laterSweep,
  resultsAtOnce,
  type SweepPath,
} from './line-filter.ts';

/** Filters planes of one side in two passes; the second works in strips, to avoid a whole plane of results. */
export interface MirroredFilter {
  /** Rows per strip of `filterStrip`. */
  readonly stripRows: number;
  /** Creates a buffer for the results of the first pass. */
  createRows(): Float64Array;
  /**
   * The first pass: along rows.
   * @param source [side, side] row-major
   * @param rows written; a buffer of `createRows`
   */
  filterRows(source: Float64Array, rows: Float64Array): void;
  /**
   * The second pass: along columns.
   * @param rows the result of `filterRows`
   * @param row first row of the strip, a multiple of `stripRows`
   * @param target written from `start` on: [stripRows, side]
   */
  filterStrip(rows: Float64Array, row: number, target: Float64Array, start: number): void;
}

/** Taps by distance from the middle, zero-padded to whole sweeps. */
const wholeSweeps = (taps: Float64Array): Float64Array => {
  const later = Math.max(0, Math.ceil((taps.length - 1 - firstReach) / laterReach));
  const weights = new Float64Array(1 + firstReach + later * laterReach);
  weights.set(taps);
  return weights;
};

/** Filters along one axis; `middle` is the source index at which the first result is centered. */
const filterAlong = (
  source: Float64Array,
  middle: number,
  weights: Float64Array,
  target: Float64Array,
  to: number,
  path: SweepPath,
): void => {
  const { sourceStride } = path;
  firstSweep(source, middle - firstReach * sourceStride, weights, target, to, path);
  for (let tap = firstReach + 1; tap < weights.length; tap += laterReach) {
    const below = middle - (tap + laterReach - 1) * sourceStride;
    laterSweep(source, below, middle + tap * sourceStride, weights, tap, target, to, path);
  }
};

/**
 * Prepares a filter of planes of one side. Beyond the border the image is mirrored with its edge repeated
 * (`d c b a | a b c d`), which gives every pixel a whole neighborhood of real pixels.
 * @param side a multiple of 4
 * @param taps the filter by distance from its middle: taps[0] is the middle, taps[t] both neighbors at distance t
 * @throws RangeError if the side is no multiple of 4, or the filter is wider than the image
 */
export const createMirroredFilter = (side: number, taps: Float64Array): MirroredFilter => {
  const radius = taps.length - 1;
  if (side % resultsAtOnce !== 0) throw new RangeError(`The side must be a multiple of 4, got ${side}.`);
  if (radius > side) throw new RangeError(`A filter of radius ${radius} does not fit ${side} pixels.`);
  const weights = wholeSweeps(taps);
  // Padding taps read beyond the mirrored part: zeros that are never overwritten.
  const margin = weights.length - 1;
  const line = new Float64Array(side + 2 * margin);
  const alongRow: SweepPath = {
    sourceStride: 1,
    sourceStep: resultsAtOnce,
    targetStride: 1,
    targetStep: resultsAtOnce,
    groups: side / resultsAtOnce,
  };
  const alongColumns: SweepPath = {
    sourceStride: side,
    sourceStep: 1,
    targetStride: side,
    targetStep: 1,
    groups: side,
  };
  return {
    stripRows: resultsAtOnce,
    createRows: () => new Float64Array((side + 2 * margin) * side),
    filterRows: (source, rows) => {
      for (let row = 0; row < side; row++) {
        line.set(source.subarray(row * side, (row + 1) * side), margin);
        for (let t = 0; t < radius; t++) {
          line[margin - 1 - t] = line[margin + t];
          line[margin + side + t] = line[margin + side - 1 - t];
        }
        filterAlong(line, margin, weights, rows, (margin + row) * side, alongRow);
      }
      for (let t = 0; t < radius; t++) {
        const [first, last] = [(margin + t) * side, (margin + side - 1 - t) * side];
        rows.copyWithin((margin - 1 - t) * side, first, first + side);
        rows.copyWithin((margin + side + t) * side, last, last + side);
      }
    },
    filterStrip: (rows, row, target, start) =>
      filterAlong(rows, (margin + row) * side, weights, target, start, alongColumns),
  };
};
