import { describe, expect, it } from 'vitest';
import { largestDifference } from '#testing/compare.ts';
import { hashValues } from '#testing/hash-values.ts';
import { createMirroredFilter } from './mirrored-filter.ts';

const filtered = (source: Float64Array, side: number, taps: Float64Array): Float64Array => {
  const filter = createMirroredFilter(side, taps);
  const rows = filter.createRows();
  const target = new Float64Array(side * side);
  filter.filterRows(source, rows);
  for (let row = 0; row < side; row += filter.stripRows) filter.filterStrip(rows, row, target, row * side);
  return target;
};

/** The definition, with the two-dimensional window. */
const slowlyFiltered = (source: Float64Array, side: number, taps: Float64Array): Float64Array => {
  const mirror = (i: number): number => (i < 0 ? -1 - i : i >= side ? 2 * side - 1 - i : i);
  const radius = taps.length - 1;
  return source.map((_, at) => {
    const [row, column] = [Math.floor(at / side), at % side];
    let sum = 0;
    for (let down = -radius; down <= radius; down++) {
      for (let across = -radius; across <= radius; across++) {
        sum +=
          taps[Math.abs(down)] *
          taps[Math.abs(across)] *
          source[mirror(row + down) * side + mirror(column + across)];
      }
    }
    return sum;
  });
};

describe('the filter with a mirrored border', () => {
  // Radii without a second sweep, with whole and partial sweeps, and up to the side.
  for (const radius of [0, 2, 5, 6, 9, 11, 16]) {
    it(`of radius ${radius} matches its two-dimensional window`, () => {
      const side = 16;
      const source = Float64Array.from(hashValues(side * side, 1));
      const taps = Float64Array.from(hashValues(radius + 1, 2, 0, 1));
      // At most 33^2 products below 1: in the worst case 1089 roundings of sums below 1089, in practice their square root.
      expect(
        largestDifference(filtered(source, side, taps), slowlyFiltered(source, side, taps)),
      ).toBeLessThan(1089 * 33 * Number.EPSILON);
    });
  }

  it('repeats the edge: the mirror lies between two pixels', () => {
    // [1, 2, 1] / 4 on the row 4 0 0 8: (4 + 8 + 0) / 4, (4 + 0 + 0) / 4, (0 + 0 + 8) / 4, (0 + 16 + 8) / 4.
    const row = [4, 0, 0, 8];
    const result = filtered(Float64Array.from([row, row, row, row].flat()), 4, Float64Array.of(0.5, 0.25));
    expect(Array.from(result.slice(0, 4))).toEqual([3, 1, 2, 6]);
  });

  it('rejects unsupported sizes', () => {
    expect(() => createMirroredFilter(6, Float64Array.of(1))).toThrow('multiple of 4, got 6');
    expect(() => createMirroredFilter(4, new Float64Array(6))).toThrow('radius 5 does not fit 4 pixels');
  });
});
