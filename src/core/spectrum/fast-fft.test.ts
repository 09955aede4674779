import { describe, expect, it } from 'vitest';
import { largestDifference } from '#testing/compare.ts';
import { hashValues } from '#testing/hash-values.ts';
import { createRealFft2, type RealFft2 } from './fast-fft.ts';
import { fft2 } from './fft.ts';

const randomPlane = (side: number): Float64Array => Float64Array.from(hashValues(side * side, side));

const planeOf = ({ side, left, right }: RealFft2): Float64Array => {
  const half = side / 2;
  return Float64Array.from({ length: side * side }, (_, i) => {
    const [row, column] = [Math.floor(i / side), i % side];
    return column < half ? left[row * half + column] : right[row * half + column - half];
  });
};

/** [frequency u, frequency v] row-major, as in `fft2`, for the transformed columns. */
const ordered = (part: Float64Array, { side, rowOfFrequency }: RealFft2, columns: number): number[] =>
  Array.from({ length: columns * side }, (_, i) => {
    const [u, v] = [Math.floor(i / side), i % side];
    return part[rowOfFrequency[v] * columns + u];
  });

describe('the fast transform of a real plane', () => {
  for (const side of [2, 4, 8, 16, 32, 64, 128]) {
    it(`matches the plain one at side ${side}`, () => {
      const plane = randomPlane(side);
      const fft = createRealFft2(side);
      fft.load(plane);
      fft.forward(fft.allColumns);
      const expected = fft2(plane, side, side);
      const count = fft.allColumns * side;
      // Both round a few times in each of 2 log2(S) stages: some 40 roundings of values below the sum of S^2 values below 1 (in
      // practice about its square root, S).
      const tolerance = 40 * side * side * Number.EPSILON;
      expect(
        largestDifference(ordered(fft.real, fft, fft.allColumns), expected.real.slice(0, count)),
      ).toBeLessThan(tolerance);
      expect(
        largestDifference(ordered(fft.imaginary, fft, fft.allColumns), expected.imaginary.slice(0, count)),
      ).toBeLessThan(tolerance);
      fft.inverse(fft.allColumns);
      // The inverse averages: values below 1, through 4 log2(S) stages in total.
      expect(largestDifference(planeOf(fft), plane)).toBeLessThan(100 * Number.EPSILON);
    });
  }

  it('of few columns has the same values', () => {
    const plane = randomPlane(32);
    const fft = createRealFft2(32);
    fft.load(plane);
    fft.forward(fft.allColumns);
    const whole = ordered(fft.real, fft, fft.allColumns);
    fft.load(plane);
    fft.forward(3);
    // The same operations in the same order: bit-identical.
    expect(ordered(fft.real, fft, 3)).toEqual(whole.slice(0, 3 * 32));
  });

  it('inverts few columns to the plane of these frequencies', () => {
    const side = 16;
    // A cosine with 2 periods down and 3 across has u = +-2; one with 5 down has u = +-5, which few columns omit.
    const wave = (down: number, across: number): Float64Array =>
      Float64Array.from({ length: side * side }, (_, i) =>
        Math.cos((2 * Math.PI * (down * Math.floor(i / side) + across * (i % side))) / side),
      );
    const [low, high] = [wave(2, 3), wave(5, 1)];
    const fft = createRealFft2(side);
    fft.load(low.map((value, i) => value + high[i]));
    fft.forward(3);
    fft.inverse(3);
    // Two waves of size 1, and rounded cosines.
    expect(largestDifference(planeOf(fft), low)).toBeLessThan(100 * Number.EPSILON);
  });

  it('rejects a side that is no power of two, and a single pixel', () => {
    expect(() => createRealFft2(12)).toThrow('power of two, got 12');
    expect(() => createRealFft2(1)).toThrow('at least 2, got 1');
  });
});
