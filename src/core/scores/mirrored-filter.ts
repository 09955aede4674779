/** A separable symmetric filter of a plane whose border is mirrored: the blur of scores and the window of SSIM. */

/** Filters planes of one side. */
export interface MirroredFilter {
  /**
   * One row of the filtered plane.
   * @param source [side, side] row-major
   * @param row the row wanted
   * @param target written from `start` on, `side` values; another array than `source`
   */
  filterRow(source: Float64Array, row: number, target: Float64Array, start: number): void;
}

/** Pairs of taps that one sweep over a line takes in: the first sweep also has the middle. */
const firstPairs = 5;
const morePairs = 4;

/** Taps by distance from the middle, with zeros up to whole sweeps. */
const wholeSweeps = (taps: Float64Array): Float64Array => {
  const radius = taps.length - 1;
  const sweeps = Math.max(0, Math.ceil((radius - firstPairs) / morePairs));
  const padded = new Float64Array(1 + firstPairs + sweeps * morePairs);
  padded.set(taps);
  return padded;
};

/**
 * target[start + i] = sum over taps t of weight[t] (source[below[t] + i] + source[above[t] + i]), the middle once. A tap
 * costs two loads and one product, and a sweep takes several of them, so that sums stay in registers.
 */
const filterLine = (
  source: Float64Array,
  below: Int32Array,
  above: Int32Array,
  weights: Float64Array,
  target: Float64Array,
  start: number,
  length: number,
): void => {
  const middle = below[0];
  const w0 = weights[0];
  const w1 = weights[1];
  const w2 = weights[2];
  const w3 = weights[3];
  const w4 = weights[4];
  const w5 = weights[5];
  const b1 = below[1];
  const b2 = below[2];
  const b3 = below[3];
  const b4 = below[4];
  const b5 = below[5];
  const a1 = above[1];
  const a2 = above[2];
  const a3 = above[3];
  const a4 = above[4];
  const a5 = above[5];
  for (let i = 0; i < length; i++) {
    target[start + i] =
      w0 * source[middle + i] +
      w1 * (source[b1 + i] + source[a1 + i]) +
      w2 * (source[b2 + i] + source[a2 + i]) +
      w3 * (source[b3 + i] + source[a3 + i]) +
      w4 * (source[b4 + i] + source[a4 + i]) +
      w5 * (source[b5 + i] + source[a5 + i]);
  }
  for (let tap = firstPairs + 1; tap < weights.length; tap += morePairs) {
    addPairs(source, below, above, weights, tap, target, start, length);
  }
};

/** The later sweeps of `filterLine`. */
const addPairs = (
  source: Float64Array,
  below: Int32Array,
  above: Int32Array,
  weights: Float64Array,
  tap: number,
  target: Float64Array,
  start: number,
  length: number,
): void => {
  const w1 = weights[tap];
  const w2 = weights[tap + 1];
  const w3 = weights[tap + 2];
  const w4 = weights[tap + 3];
  const b1 = below[tap];
  const b2 = below[tap + 1];
  const b3 = below[tap + 2];
  const b4 = below[tap + 3];
  const a1 = above[tap];
  const a2 = above[tap + 1];
  const a3 = above[tap + 2];
  const a4 = above[tap + 3];
  for (let i = 0; i < length; i++) {
    target[start + i] +=
      w1 * (source[b1 + i] + source[a1 + i]) +
      w2 * (source[b2 + i] + source[a2 + i]) +
      w3 * (source[b3 + i] + source[a3 + i]) +
      w4 * (source[b4 + i] + source[a4 + i]);
  }
};

/**
 * Prepares a filter of planes of one side. Beyond the border the image is mirrored with its edge repeated
 * (`d c b a | a b c d`), so that every pixel has a whole neighbourhood of real pixels.
 * @param taps the filter by distance from its middle: taps[0] the middle, taps[t] both neighbours at distance t
 * @throws RangeError where the filter reaches further than the image is wide
 */
export const createMirroredFilter = (side: number, taps: Float64Array): MirroredFilter => {
  const radius = taps.length - 1;
  if (radius > side) throw new RangeError(`A filter of radius ${radius} does not fit into ${side} pixels.`);
  const weights = wholeSweeps(taps);
  const line = new Float64Array(side + 2 * radius);
  const mirror = (index: number): number =>
    index < 0 ? -1 - index : index >= side ? 2 * side - 1 - index : index;
  // Taps that only fill a sweep have weight 0 and read the middle.
  const distance = (tap: number): number => (tap <= radius ? tap : 0);
  const offsets = (offset: (distance: number) => number): Int32Array =>
    Int32Array.from(weights, (_, tap) => offset(distance(tap)));
  const lineBelow = offsets((t) => radius - t);
  const lineAbove = offsets((t) => radius + t);
  const rowsBelow = Array.from({ length: side }, (_, row) => offsets((t) => mirror(row - t) * side));
  const rowsAbove = Array.from({ length: side }, (_, row) => offsets((t) => mirror(row + t) * side));
  return {
    filterRow: (source, row, target, start) => {
      filterLine(source, rowsBelow[row], rowsAbove[row], weights, line, radius, side);
      for (let t = 0; t < radius; t++) {
        line[radius - 1 - t] = line[radius + t];
        line[radius + side + t] = line[radius + side - 1 - t];
      }
      filterLine(line, lineBelow, lineAbove, weights, target, start, side);
    },
  };
};
