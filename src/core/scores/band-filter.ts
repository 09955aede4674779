/** Filters a residual to a band of radii, by the cheapest exact method. */
import type { RealFft2 } from '../spectrum/fast-fft.ts';
import { type ColumnRange, columnsInBand, largestRadius } from './band.ts';

/** Filters a residual plane, [side, side] row-major, in place. */
export type BandFilter = (plane: Float64Array) => void;

const subtractMean: BandFilter = (plane) => {
  let sum = 0;
  for (let i = 0; i < plane.length; i++) sum += plane[i];
  const mean = sum / plane.length;
  for (let i = 0; i < plane.length; i++) plane[i] -= mean;
};

/** Sets the transform's pixels to the part of the plane that lies in the given columns of each row of its spectrum. */
const passColumns = (fft: RealFft2, plane: Float64Array, ranges: readonly ColumnRange[], columns: number) => {
  fft.load(plane);
  fft.forward(columns);
  for (let v = 0; v < fft.side; v++) {
    const row = fft.rowOfFrequency[v] * columns;
    const { from, to } = ranges[v];
    for (const part of [fft.real, fft.imaginary]) {
      part.fill(0, row, row + Math.min(from, columns));
      part.fill(0, row + Math.min(to, columns), row + columns);
    }
  }
  fft.inverse(columns);
};

/** plane = keep * plane + add * the transform's pixels. */
const mixPixels = (plane: Float64Array, { side, left, right }: RealFft2, keep: number, add: number): void => {
  const half = side / 2;
  for (let row = 0, from = 0, to = 0; row < side; row++, to += half) {
    for (let x = 0; x < half; x++, from++, to++) {
      plane[to] = keep * plane[to] + add * left[from];
      plane[to + half] = keep * plane[to + half] + add * right[from];
    }
  }
};

/** How much a band removes from a plane: nothing, only its mean, or more. */
export const leftOut = (side: number, low: number, high: number): 'nothing' | 'mean' | 'more' => {
  if (high < largestRadius(side) || low > 1) return 'more';
  return low === 0 ? 'nothing' : 'mean';
};

/**
 * Creates a filter that passes the frequencies with radius in [low, high].
 * A band of all radii leaves the plane unchanged, and a band of all radii but 0 subtracts the mean; neither needs a
 * transform. For a band without an upper limit, the low frequencies are subtracted, so only few columns are transformed.
 * @param side side of the planes
 * @param low lowest radius that passes
 * @param high highest radius that passes
 * @param transform returns the transform of the same side; called only if one is needed
 */
export const createBandFilter = (
  side: number,
  low: number,
  high: number,
  transform: () => RealFft2,
): BandFilter => {
  const without = leftOut(side, low, high);
  if (without === 'nothing') return () => {};
  if (without === 'mean') return subtractMean;
  const unlimited = high >= largestRadius(side);
  const fft = transform();
  // Transform only the low columns, unless `low` is so high that those are all columns.
  const complement = unlimited && low <= side / 2;
  const ranges = Array.from({ length: side }, (_, v) =>
    complement ? { from: 0, to: columnsInBand(side, v, low, high).from } : columnsInBand(side, v, low, high),
  );
  const columns = ranges.reduce((most, { from, to }) => (to > from ? Math.max(most, to) : most), 1);
  const [keep, add] = complement ? [1, -1] : [0, 1];
  return (plane) => {
    passColumns(fft, plane, ranges, columns);
    mixPixels(plane, fft, keep, add);
  };
};
