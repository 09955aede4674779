import { describe, expect, it } from 'vitest';
import { geometricMean, logLogSlope, median } from './statistics.ts';

describe('median', () => {
  it('is the middle value, in any order', () => {
    expect(median([9, 1, 4])).toBe(4);
  });

  it('is the mean of the middle two if the count is even', () => {
    expect(median([8, 1, 2, 4])).toBe(3);
  });

  it('does not change its argument', () => {
    const values = [3, 1, 2];
    median(values);
    expect(values).toEqual([3, 1, 2]);
  });

  it('rejects an empty list', () => {
    expect(() => median([])).toThrow(RangeError);
  });
});

describe('geometricMean', () => {
  it('is the root of the product', () => {
    // 2 x 4 x 8 = 64 = 4^3.
    expect(geometricMean([2, 4, 8])).toBeCloseTo(4, 12);
  });

  it('of a ratio and its inverse is 1', () => {
    expect(geometricMean([5, 1 / 5])).toBeCloseTo(1, 12);
  });

  it('rejects an empty list, and values that are not ratios', () => {
    expect(() => geometricMean([])).toThrow(RangeError);
    expect(() => geometricMean([1, 0])).toThrow('got 0');
    expect(() => geometricMean([1, Number.NaN])).toThrow('got NaN');
  });
});

describe('logLogSlope', () => {
  it('is the exponent of a power', () => {
    const points = [1, 2, 4, 8].map((x) => ({ x, y: 3 * x ** 2 }));
    expect(logLogSlope(points)).toBeCloseTo(2, 12);
  });

  it('is 0 for a constant', () => {
    expect(
      logLogSlope([
        { x: 1, y: 7 },
        { x: 16, y: 7 },
      ]),
    ).toBe(0);
  });

  it('rejects points with a single x', () => {
    expect(() =>
      logLogSlope([
        { x: 2, y: 1 },
        { x: 2, y: 3 },
      ]),
    ).toThrow(RangeError);
  });
});
