import { describe, expect, it } from 'vitest';
import { createRng } from '../rng.ts';
import { bandPower, octaveBands } from './octave-bands.ts';
import { radialPower, radiusCount } from './radial-power.ts';

const side = 8;

type PixelValue = (row: number, column: number, channel: number) => number;

const image = (value: PixelValue): number[] =>
  Array.from({ length: side * side * 3 }, (_, i) => {
    const pixel = Math.floor(i / 3);
    return value(Math.floor(pixel / side), pixel % side, i % 3);
  });

const powerOf = (...images: PixelValue[]): number[] =>
  Array.from(radialPower(Float64Array.from(images.flatMap(image)), side));

const expectPower = (actual: readonly number[], expected: Readonly<Record<number, number>>): void => {
  expect(actual).toHaveLength(radiusCount(side));
  // Values near 1 through 6 levels of butterflies: errors of a few 2^-52.
  for (const [radius, value] of actual.entries()) expect(value).toBeCloseTo(expected[radius] ?? 0, 13);
};

describe('the radial power spectrum', () => {
  it('has the radii from 0 to the corner', () => {
    // sqrt(2) * 4 = 5.66 and sqrt(2) * 32 = 45.25.
    expect([8, 64].map(radiusCount)).toEqual([7, 46]);
    expect(powerOf(() => 0)).toEqual([0, 0, 0, 0, 0, 0, 0]);
  });

  it('of a constant is its square at radius 0, averaged over channels', () => {
    // Channels 1, 2, 3: (1 + 4 + 9) / 3.
    expectPower(
      powerOf((_row, _column, channel) => channel + 1),
      { 0: 14 / 3 },
    );
  });

  it('of a cosine is half its squared amplitude at its signed radius', () => {
    // 3 down and 7 across is 3 and -1: sqrt(10) = 3.16. Two coefficients of |F| = 64 A / 2 each: 2 (A / 2)^2 = A^2 / 2.
    expectPower(
      powerOf((row, column) => 0.8 * Math.cos((2 * Math.PI * (3 * row + 7 * column)) / side)),
      { 3: 0.32 },
    );
  });

  it('of the finest checkerboard is at the corner', () => {
    // Frequency (-4, -4): one coefficient of |F| = 64, radius round(5.66).
    expectPower(
      powerOf((row, column) => (-1) ** (row + column)),
      { 6: 1 },
    );
  });

  it('of a delta counts the coefficients of each radius', () => {
    // |F| = 1 everywhere: 1 / 64^2 per coefficient. Of the 64 points (u, v) in -4..3, radius 1 (|.| < 1.5) has the 8
    // neighbors of 0, radius 2 (below 2.5) the 12 with a sum of squares of 4 or 5, radius 3 (below 3.5) those with 8, 9
    // or 10: 4 + 4 + 8. (-4, 0) belongs to radius 4.
    const power = powerOf((row, column) => (row === 2 && column === 5 ? 1 : 0));
    expect(power.slice(0, 4).map((value) => value * 4096)).toEqual(
      [1, 8, 12, 16].map((n) => expect.closeTo(n, 10)),
    );
    expect(power.reduce((sum, value) => sum + value, 0) * 4096).toBeCloseTo(64, 10);
  });

  it('is the mean over separate images: opposite images and channels do not cancel', () => {
    const sign: PixelValue = (_row, _column, channel) => (channel === 0 ? 1 : -1);
    expectPower(
      powerOf(sign, (...at) => -3 * sign(...at)),
      { 0: 5 },
    );
  });

  it('adds up to the mean square (Parseval), for odd and even numbers of planes', () => {
    const rng = createRng(3, 'radial-power');
    for (const images of [1, 2]) {
      const values = Float32Array.from({ length: images * 32 * 32 * 3 }, () => rng.uniform() - 0.5);
      const meanSquare = values.reduce((sum, value) => sum + value * value, 0) / values.length;
      const sum = radialPower(values, 32).reduce((total, value) => total + value, 0);
      expect(Math.abs(sum / meanSquare - 1)).toBeLessThan(1e-12);
    }
  });

  it('rejects incomplete images', () => {
    expect(() => radialPower(new Float32Array(64), 8)).toThrow('8 x 8 x 3 values, got 64 values');
    expect(() => radialPower(new Float32Array(0), 8)).toThrow('got 0 values');
  });
});

describe('octave bands', () => {
  it('are the mean, octaves up to half the sampling frequency, and the corners', () => {
    const names = (s: number) => octaveBands(s).map(({ from, to }) => `${from}-${to}`);
    expect(names(64)).toEqual(['0-0', '1-3', '4-7', '8-15', '16-31', '32-45']);
    expect(names(32)).toEqual(['0-0', '1-1', '2-3', '4-7', '8-15', '16-23']);
    expect(names(256)).toEqual(['0-0', '1-15', '16-31', '32-63', '64-127', '128-181']);
  });

  it('contain the sum of their radii, and together all power', () => {
    const power = Float64Array.from({ length: radiusCount(64) }, (_, radius) => radius);
    const sums = octaveBands(64).map((band) => bandPower(power, band));
    expect(sums.slice(0, 3)).toEqual([0, 6, 22]);
    expect(sums.reduce((total, value) => total + value, 0)).toBe((45 * 46) / 2);
  });
});
