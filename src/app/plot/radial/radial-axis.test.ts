import { describe, expect, it } from 'vitest';
import {
  grownRange,
  heightOfRatio,
  placeOfRadius,
  radialData,
  radiusAtPlace,
  radiusText,
  radiusTicks,
  ratioAt,
  ratioTicks,
} from './radial-axis.ts';

const style = { color: 'red', dash: 'none' };
const curve = (power: readonly number[], inputPower = power.map(() => 1)) => ({
  key: 'a',
  name: 'L2',
  style,
  power,
  inputPower,
});

describe('the abscissa of radial curves', () => {
  it('gives octaves the same width, and the mean a place of its own', () => {
    const octave = (from: number): number => placeOfRadius(2 * from, 64) - placeOfRadius(from, 64);
    expect(octave(1)).toBeCloseTo(octave(32), 12);
    expect(placeOfRadius(64, 64)).toBe(1);
    expect(placeOfRadius(0, 64)).toBeLessThan(placeOfRadius(1, 64));
    for (let radius = 0; radius <= 45; radius++)
      expect(radiusAtPlace(placeOfRadius(radius, 45), 45)).toBe(radius);
    expect([-1, 2].map((place) => radiusAtPlace(place, 45))).toEqual([0, 45]);
  });

  it('names powers of two up to half the sampling frequency', () => {
    expect(radiusTicks(64)).toEqual([1, 2, 4, 8, 16, 32]);
  });

  it('says cycles per image and the period in pixels', () => {
    expect(radiusText(12, 64)).toBe('radius 12 cycles per image, period 5.3 px');
    expect(radiusText(1, 64)).toBe('radius 1 cycle per image, period 64 px');
    expect(radiusText(0, 64)).toBe('mean (radius 0)');
  });
});

describe('the ordinate of radial curves', () => {
  it('is the ratio of powers, undefined without power of the image', () => {
    expect([0, 1].map((radius) => ratioAt(curve([1, 2], [4, 0]), radius))).toEqual([0.25, NaN]);
  });

  it('grows in half decades to hold all values, and never shrinks', () => {
    const first = grownRange(undefined, [curve([0.5, 0.1])]);
    expect(first).toEqual({ lower: -2, upper: 0.5 });
    // log10 0.004 = -2.4 and log10 5 = 0.7.
    const second = grownRange(first, [curve([0.004, 5])]);
    expect(second).toEqual({ lower: -2.5, upper: 1 });
    expect(grownRange(second, [curve([0.5, 1])])).toBe(second);
    expect(grownRange(undefined, [curve([0, NaN, 1e-30, 1e30])])).toEqual({ lower: -5, upper: 2 });
    expect(ratioTicks(second)).toEqual([-2, -1, 0, 1]);
  });

  it('places values beyond the range at its ends', () => {
    const range = { lower: -2, upper: 0 };
    expect([1e-9, 0.01, 0.1, 1, 9].map((ratio) => heightOfRatio(ratio, range))).toEqual([0, 0, 0.5, 1, 1]);
  });
});

describe('the table of radial curves', () => {
  it('has a row per radius, with its period, and no value where a curve has none', () => {
    const { columns, rows } = radialData(
      [curve([1, 1], [2, 4]), { ...curve([3]), key: 'b', name: 'WFDL' }],
      64,
    );
    expect(columns.map(({ key }) => key)).toEqual(['radius', 'period', 'a', 'b']);
    expect(rows).toEqual([
      { radius: 0, period: undefined, a: 0.5, b: 3 },
      { radius: 1, period: 64, a: 0.25, b: undefined },
    ]);
  });
});
