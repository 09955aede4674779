import { describe, expect, it } from 'vitest';
import { quantileOfSorted } from './quantile.ts';

describe('quantileOfSorted', () => {
  it('interpolates between order statistics like numpy', () => {
    // numpy.quantile([1, 2, 4, 8], q): positions 0, 0.75, 1.5, 3 in the list.
    const values = [1, 2, 4, 8];
    expect([0, 0.25, 0.5, 1].map((share) => quantileOfSorted(values, share))).toEqual([1, 1.75, 3, 8]);
  });

  it('is the value of a single-element sample', () => {
    expect(quantileOfSorted([7], 0.3)).toBe(7);
  });

  it('rejects an empty sample and fractions outside [0, 1]', () => {
    expect(() => quantileOfSorted([], 0.5)).toThrow(RangeError);
    expect(() => quantileOfSorted([1], 95)).toThrow(/got 95/);
    expect(() => quantileOfSorted([1], Number.NaN)).toThrow(RangeError);
  });
});
