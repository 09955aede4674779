import { describe, expect, it } from 'vitest';
import { type ComplexMatrix, fft2, inverseFft2 } from './fft.ts';

const pseudoRandom = (count: number, seed: number): Float64Array => {
  let state = seed;
  return Float64Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32 - 0.5;
  });
};

/** The definition, term by term. */
const naiveDft2 = (
  real: Float64Array,
  imaginary: Float64Array,
  rows: number,
  columns: number,
): ComplexMatrix => {
  const result = {
    rows,
    columns,
    real: new Float64Array(rows * columns),
    imaginary: new Float64Array(rows * columns),
  };
  for (let u = 0; u < rows; u++) {
    for (let v = 0; v < columns; v++) {
      const to = u * columns + v;
      for (let x = 0; x < rows; x++) {
        for (let y = 0; y < columns; y++) {
          const angle = -2 * Math.PI * ((u * x) / rows + (v * y) / columns);
          const at = x * columns + y;
          result.real[to] += real[at] * Math.cos(angle) - imaginary[at] * Math.sin(angle);
          result.imaginary[to] += real[at] * Math.sin(angle) + imaginary[at] * Math.cos(angle);
        }
      }
    }
  }
  return result;
};

const largestDifference = (a: Float64Array, b: Float64Array): number =>
  a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0);

describe('fft2', () => {
  for (const [rows, columns] of [
    [1, 1],
    [1, 8],
    [8, 1],
    [2, 2],
    [16, 4],
    [8, 32],
  ]) {
    it(`matches the definition on ${rows} x ${columns} complex values`, () => {
      const real = pseudoRandom(rows * columns, 1);
      const imaginary = pseudoRandom(rows * columns, 2);
      const expected = naiveDft2(real, imaginary, rows, columns);
      const actual = fft2(real, rows, columns, imaginary);
      // 256 terms of size below 1 and angles up to 2 pi 64: the definition itself has an error of about 256 * 64 * 2^-52.
      expect(largestDifference(actual.real, expected.real)).toBeLessThan(1e-11);
      expect(largestDifference(actual.imaginary, expected.imaginary)).toBeLessThan(1e-11);
    });
  }

  it('is restored by the inverse', () => {
    const real = pseudoRandom(64 * 128, 3);
    const back = inverseFft2(fft2(real, 64, 128));
    expect(largestDifference(back.real, real)).toBeLessThan(1e-14);
    expect(largestDifference(back.imaginary, new Float64Array(real.length))).toBeLessThan(1e-14);
  });

  it('rejects a side that is no power of two', () => {
    expect(() => fft2(new Float64Array(12), 4, 3)).toThrow('power of two, got 3');
  });

  it('rejects values that do not fill the matrix', () => {
    expect(() => fft2(new Float64Array(15), 4, 4)).toThrow('4 x 4 = 16 values, got 15');
  });
});
