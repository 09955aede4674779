import { describe, expect, it } from 'vitest';
import { largestDifference } from '#testing/compare.ts';
import { hashValues } from '#testing/hash-values.ts';
import { createRealFft2 } from '../spectrum/fast-fft.ts';
import { fft2, inverseFft2 } from '../spectrum/fft.ts';
import { holdsFrequency } from './band.ts';
import { createBandFilter } from './band-filter.ts';

const side = 32;
const infinity = Number.POSITIVE_INFINITY;
const plane = (): Float64Array => Float64Array.from(hashValues(side * side, 3), (value) => value + 0.5);

/** The definition: every coefficient outside the band becomes 0. */
const slowlyFiltered = (values: Float64Array, low: number, high: number): Float64Array => {
  const spectrum = fft2(values, side, side);
  for (let u = 0; u < side; u++) {
    for (let v = 0; v < side; v++) {
      const radius = Math.hypot(u < side / 2 ? u : u - side, v < side / 2 ? v : v - side);
      if (radius < low || radius > high) spectrum.real[u * side + v] = spectrum.imaginary[u * side + v] = 0;
    }
  }
  return inverseFft2(spectrum).real;
};

const filtered = (low: number, high: number): Float64Array => {
  const values = plane();
  createBandFilter(side, low, high, () => createRealFft2(side))(values);
  return values;
};

describe('the band filter', () => {
  for (const [low, high] of [
    [0, 0],
    [0, 6.5],
    [0.5, 6.5],
    [0.5, infinity],
    [1, infinity],
    [1.5, infinity],
    [5, infinity],
    [5, 5],
    [16, infinity],
    [16.5, infinity],
    [21, 22.6],
    [3.5, 20],
  ]) {
    it(`passes the radii ${low} to ${high}`, () => {
      // Values below 1.5, with some 40 roundings in each direction.
      expect(largestDifference(filtered(low, high), slowlyFiltered(plane(), low, high))).toBeLessThan(
        100 * Number.EPSILON,
      );
    });
  }

  it('leaves the plane bit-identical if the band holds every frequency, without a transform', () => {
    const values = plane();
    const none = (): never => {
      throw new Error('requested a transform');
    };
    // The largest radius at side 32 is sqrt(2) * 16 = 22.627...
    createBandFilter(side, 0, Math.SQRT2 * 16, none)(values);
    expect(values).toEqual(plane());
    createBandFilter(side, 0.5, 23, none)(values);
    expect(Math.abs(values.reduce((sum, value) => sum + value))).toBeLessThan(1e-12);
  });

  it('includes a radius at the end of the band', () => {
    expect(holdsFrequency(side, Math.sqrt(2), Math.sqrt(2))).toBe(true);
    expect(holdsFrequency(side, 0.1, 0.9)).toBe(false);
    expect(holdsFrequency(side, 22.63, infinity)).toBe(false);
  });
});
