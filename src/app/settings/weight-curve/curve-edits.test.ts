import { describe, expect, it } from 'vitest';
import { formatWeightCurve, parseWeightCurve } from '#core/frequency-weight/weight-curve.ts';
import { addPoint, curvePresets, movePoint, type Points, removePoint, widestGap } from './curve-edits.ts';

const line: Points = [
  { radius: 0, value: 0 },
  { radius: 0.5, value: 0.5 },
  { radius: 1, value: 1 },
];

const at = (radius: number, value: number) => ({ radius, value });

describe('editing a radial curve', () => {
  it('adds a point in the order of the radii', () => {
    expect(addPoint(line, at(0.25, 0.9)).map(({ radius }) => radius)).toEqual([0, 0.25, 0.5, 1]);
  });

  it('adds no point where one exists', () => {
    expect(addPoint(line, at(0.505, 0.9))).toBe(line);
  });

  it('adds none beyond the most that a curve may have', () => {
    const full = Array.from({ length: 1000 }, (_, index) => at(index / 2000, 1));
    expect(addPoint(full, at(0.9, 1))).toBe(full);
    expect(addPoint(full.slice(1), at(0.9, 1))).toHaveLength(1000);
  });

  it('finds the first of the widest stretches, also before the first point and after the last', () => {
    expect(widestGap(line)).toBe(0.25);
    expect(widestGap([at(0.6, 1), at(0.8, 1)])).toBe(0.3);
    expect(widestGap([at(0.1, 1), at(0.2, 1)])).toBe(0.6);
  });

  it('moves a point no further than its neighbors and the axis', () => {
    expect(movePoint(line, 1, at(1.4, -2))[1]).toEqual(at(0.99, 0));
    expect(movePoint(line, 1, at(-1, 7))[1]).toEqual(at(0.01, 1));
    expect(movePoint(line, 0, at(-1, 0.2))[0]).toEqual(at(0, 0.2));
    expect(movePoint(line, 2, at(2, 0.2))[2]).toEqual(at(1, 0.2));
  });

  it('keeps three decimals, so that the setting stays short', () => {
    expect(movePoint(line, 1, at(0.123456, 0.98765))[1]).toEqual(at(0.123, 0.988));
  });

  it('keeps a curve above 0 somewhere', () => {
    const flat: Points = [at(0, 0), at(1, 1)];
    expect(movePoint(flat, 1, at(1, 0))[1]).toEqual(at(1, 0.01));
    const peak: Points = [at(0, 0), at(0.5, 1), at(1, 0)];
    expect(removePoint(peak, 1)).toEqual([at(0, 0), at(1, 0.01)]);
  });

  it('removes a point, but leaves two', () => {
    const two = removePoint(line, 1);
    expect(two).toEqual([at(0, 0), at(1, 1)]);
    expect(removePoint(two, 0)).toBe(two);
  });

  it('starts from curves that the setting takes', () => {
    for (const curve of Object.values(curvePresets)) {
      expect(formatWeightCurve(parseWeightCurve(curve))).toBe(curve);
    }
  });
});
