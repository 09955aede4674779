import { describe, expect, it } from 'vitest';
import { channelMean, coefficientAt } from './coefficient.ts';
import { fft2 } from './fft.ts';
import { shownSpectrum } from './log-magnitude.ts';

const side = 16;
/** Two nested sums of 16 terms, rounded at 2^-53 each, for values with a sum below 256. */
const tolerance = 36 * 2 ** -53 * 256;

const planeOf = (value: (x: number, y: number) => number): Float64Array =>
  Float64Array.from({ length: side * side }, (_, i) => value(Math.floor(i / side), i % side));

const cosineOf = (u: number, v: number, phase: number): Float64Array =>
  planeOf((x, y) => 0.5 + 0.25 * Math.cos((2 * Math.PI * (u * x + v * y)) / side + phase));

describe('one coefficient', () => {
  it.each([0, 0.3, 2, -1.1, -3])(
    'of a cosine with phase %f has that phase, and S^2 A / 2 as magnitude',
    (phase) => {
      const { phase: found, magnitude } = coefficientAt(cosineOf(3, -2, phase), side, 3, -2);
      expect(found).toBeCloseTo(phase, 12);
      expect(magnitude).toBeCloseTo((side * side * 0.25) / 2, 11);
    },
  );

  it('is conjugate at the mirrored frequency', () => {
    const plane = cosineOf(3, -2, 0.7);
    expect(coefficientAt(plane, side, -3, 2).phase).toBeCloseTo(-0.7, 12);
    expect(coefficientAt(plane, side, 13, 2).phase).toBeCloseTo(-0.7, 12);
  });

  it('of a delta at (x, y) turns by -2 pi (ux + vy) / S', () => {
    const plane = planeOf((x, y) => (x === 1 && y === 2 ? 1 : 0));
    const { phase, magnitude } = coefficientAt(plane, side, 2, 1);
    expect(magnitude).toBeCloseTo(1, 14);
    expect(phase).toBeCloseTo((-2 * Math.PI * (2 * 1 + 1 * 2)) / side, 14);
  });

  it('has phase pi, never -pi, if it is real and negative', () => {
    const stripes = planeOf((_, y) => (y % 2 === 0 ? 0.2 : 0.8));
    expect(coefficientAt(stripes, side, 0, side / 2).phase).toBe(Math.PI);
    expect(coefficientAt(stripes, side, 0, -side / 2).phase).toBe(Math.PI);
    expect(coefficientAt(stripes, side, 0, 0).phase).toBe(0);
  });

  it('has no phase if only rounding is left', () => {
    expect(
      coefficientAt(
        planeOf(() => 0.1),
        side,
        3,
        5,
      ).phase,
    ).toBeUndefined();
    expect(coefficientAt(new Float64Array(side * side), side, 0, 0).phase).toBeUndefined();
  });

  it('matches the fast transform everywhere', () => {
    const plane = planeOf((x, y) => ((x * 31 + y * 17 + x * y * 7) % 101) / 100);
    const { real, imaginary } = fft2(plane, side, side);
    for (let u = 0; u < side; u++) {
      for (let v = 0; v < side; v++) {
        const found = coefficientAt(plane, side, u, v);
        expect(Math.abs(found.real - real[u * side + v])).toBeLessThan(tolerance);
        expect(Math.abs(found.imaginary - imaginary[u * side + v])).toBeLessThan(tolerance);
      }
    }
  });

  it('rejects a plane of another length', () => {
    expect(() => coefficientAt(new Float64Array(3), side, 0, 0)).toThrow('16 x 16 values, got 3');
  });
});

describe('the mean over channels', () => {
  it('is the mean of each pixel', () => {
    expect([...channelMean(Float32Array.of(0, 0.5, 1, 1, 1, 0.25, 0, 0, 0, 1, 0, 0.5), 2)]).toEqual([
      0.5, 0.75, 0, 0.5,
    ]);
  });

  it('of a gray image has the magnitude that its spectrum shows', () => {
    const gray = cosineOf(3, -2, 1);
    const pixels = Float32Array.from({ length: 3 * side * side }, (_, i) => gray[Math.floor(i / 3)]);
    const shown = shownSpectrum(pixels, side).logMagnitude[(3 + side / 2) * side + (-2 + side / 2)];
    const { magnitude } = coefficientAt(channelMean(pixels, side), side, 3, -2);
    // The spectrum is float32: 2^-24 of a value below 4.
    expect(Math.abs(Math.log1p(magnitude) - shown)).toBeLessThan(4 * 2 ** -24);
  });

  it('rejects incomplete channels', () => {
    expect(() => channelMean(new Float32Array(5), 2)).toThrow('got 5 values');
  });
});
