import { describe, expect, it } from 'vitest';
import { shownSpectrum } from '#core/spectrum/log-magnitude.ts';
import { differenceUpper, logRatio } from './spectra-scales.ts';

describe('the scale of difference spectra', () => {
  it('ends at the largest |F| besides the mean', () => {
    const side = 8;
    // Mean 2 and a cosine of amplitude 1: |F| = 128 at the mean and 32 at the cosine.
    const input = Float32Array.from(
      { length: side * side },
      (_, i) => 2 + Math.cos((2 * Math.PI * 3 * (i % side)) / side),
    );
    expect(differenceUpper(shownSpectrum(input, side).logMagnitude, side)).toBeCloseTo(Math.log(33), 6);
  });
});

describe('the ratio of spectra', () => {
  it('is 0 where both are equal or empty, negative where a frequency is missing', () => {
    const log = (...values: number[]): Float32Array => Float32Array.from(values, Math.log1p);
    const [equal, empty, missing, invented] = logRatio(log(9, 0, 0, 9), log(9, 0, 9, 0));
    expect([equal, empty]).toEqual([0, 0]);
    expect(missing).toBeCloseTo(-Math.log(10), 6);
    expect(invented).toBeCloseTo(Math.log(10), 6);
  });
});
