import { describe, expect, it } from 'vitest';
import { createRng } from '../rng.ts';
import { fft2 } from './fft.ts';
import { meanMagnitude } from './mean-magnitude.ts';

const side = 16;

describe('the mean spectrum of images', () => {
  it('is the mean over images and channels of the plain transform', () => {
    const rng = createRng(3);
    const images = [0, 1].map(() =>
      Uint8Array.from({ length: side * side * 3 }, () => Math.floor(rng.uniform() * 256)),
    );
    const expected = new Float64Array(side * side);
    for (const image of images) {
      for (let channel = 0; channel < 3; channel++) {
        const plane = Float64Array.from({ length: side * side }, (_, i) => image[i * 3 + channel]! / 255);
        const { real, imaginary } = fft2(plane, side, side);
        real.forEach((re, i) => {
          expected[i]! += Math.hypot(re, imaginary[i]!) / 6;
        });
      }
    }
    const mean = meanMagnitude(images, side);
    expect(mean).toHaveLength(side * side);
    // A float32 of the mean: half an ulp, 6e-8 relative; the float64 sums add almost nothing.
    mean.forEach((value, i) => {
      expect(Math.abs(value / expected[i]! - 1)).toBeLessThan(1e-7);
    });
  });

  it('of a constant image is its sum at the zero frequency and nothing elsewhere', () => {
    const mean = meanMagnitude([new Uint8Array(side * side * 3).fill(255)], side);
    expect(mean[0]).toBe(side * side);
    expect(Math.max(...mean.subarray(1))).toBeLessThan(1e-12 * side * side);
  });

  it('rejects an empty set and images of another side', () => {
    expect(() => meanMagnitude([], side)).toThrow(/at least one image/);
    expect(() => meanMagnitude([new Uint8Array(3)], side)).toThrow(/768 values/);
  });
});
