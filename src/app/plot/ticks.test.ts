import { describe, expect, it } from 'vitest';
import { countAxis, linearAxis } from './ticks.ts';

describe('a linear axis', () => {
  it('holds all values with a margin, but leaves no range', () => {
    // 6 % of 0.5.
    const { domain, ticks } = linearAxis([0.5, 1, Number.NaN], [0, 1]);
    expect(domain[0]).toBeCloseTo(0.47, 12);
    expect(domain[1]).toBe(1);
    expect(ticks).toEqual([0.6, 0.8, 1]);
  });

  it('has a range for one value, for zero and for none', () => {
    for (const values of [[0.7], [0], []]) {
      const { domain, ticks } = linearAxis(values, [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]);
      expect(domain[0]).toBeLessThan(domain[1]);
      expect(ticks.length).toBeGreaterThanOrEqual(3);
    }
  });

  it('of counts has whole ticks, and round ones', () => {
    expect(countAxis(0, 640).ticks).toEqual([0, 200, 400, 600]);
    expect(countAxis(0, 2).ticks).toEqual([0, 1, 2]);
    expect(countAxis(0, 0).domain).toEqual([0, 1]);
    expect(countAxis(0, undefined).domain).toEqual([0, 10]);
    expect(countAxis(0, 1, false).ticks).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
  });
});
