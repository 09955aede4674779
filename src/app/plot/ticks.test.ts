import { describe, expect, it } from 'vitest';
import { countAxis, linearAxis, logAxis } from './ticks.ts';

describe('a linear axis', () => {
  it('holds all values with a margin, but stays within its limits', () => {
    // 6 % of 0.5.
    const { domain, ticks } = linearAxis([0.5, 1, Number.NaN], [0, 1]);
    expect(domain[0]).toBeCloseTo(0.47, 12);
    expect(domain[1]).toBe(1);
    expect(ticks).toEqual([0.6, 0.8, 1]);
  });

  it('has a range for one value, for zero and for no value', () => {
    for (const values of [[0.7], [0], []]) {
      const { domain, ticks } = linearAxis(values, [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]);
      expect(domain[0]).toBeLessThan(domain[1]);
      expect(ticks.length).toBeGreaterThanOrEqual(3);
    }
  });

  it('of counts has whole and round ticks', () => {
    expect(countAxis(0, 640).ticks).toEqual([0, 200, 400, 600]);
    expect(countAxis(0, 2).ticks).toEqual([0, 1, 2]);
    expect(countAxis(0, 0).domain).toEqual([0, 1]);
    expect(countAxis(0, undefined).domain).toEqual([0, 10]);
    expect(countAxis(0, 1, false).ticks).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
  });
});

describe('a logarithmic axis', () => {
  it('has whole decades if there are enough', () => {
    expect(logAxis([0.001, 1]).ticks).toEqual([0.001, 0.01, 0.1, 1]);
  });

  it('has finer ticks within a decade', () => {
    expect(logAxis([10, 32]).ticks).toEqual([10, 15, 20, 30]);
  });

  it('has even ticks in a narrow range', () => {
    expect(logAxis([23, 32]).ticks).toEqual([22, 24, 26, 28, 30, 32]);
    expect(logAxis([23, 23.1]).ticks).toEqual([22, 22.5, 23, 23.5, 24]);
  });

  it('holds all values with few ticks', () => {
    const { domain, ticks } = logAxis([1e-9, 3, 0, Number.NaN]);
    expect(domain[0]).toBeLessThan(1e-9);
    expect(domain[1]).toBeGreaterThan(3);
    expect(ticks.length).toBeLessThanOrEqual(6);
  });

  it('has a range even for one value or none', () => {
    expect(logAxis([]).domain).toEqual([0.1, 1]);
    const { domain } = logAxis([5]);
    expect(domain[0]).toBeLessThan(5);
    expect(domain[1]).toBeGreaterThan(5);
  });
});
