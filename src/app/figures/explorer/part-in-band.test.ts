import { describe, expect, it } from 'vitest';
import { bandInWords, inBand } from './part-in-band.ts';

const parts = { input: [100, 4, 4, 4, 2], residual: [1, 0, 1, 3, 2] };
const open = Number.POSITIVE_INFINITY;

describe('the lost part of a band', () => {
  it('is the ratio of the sums over its radii', () => {
    expect(inBand(parts, { inner: 2, outer: 3, edges: 'ideal' })).toEqual({ defined: true, value: 4 / 8 });
    expect(inBand(parts, { inner: 0, outer: open, edges: 'ideal' })).toEqual({
      defined: true,
      value: 7 / 114,
    });
    expect(inBand(parts, { inner: 0.5, outer: open, edges: 'ideal' })).toEqual({
      defined: true,
      value: 6 / 14,
    });
  });

  it('is undefined where the image has no power', () => {
    expect(inBand({ input: [1, 0], residual: [0, 1] }, { inner: 1, outer: 1, edges: 'ideal' })).toEqual({
      defined: false,
      reason: 'the image has no power in this band',
    });
  });
});

describe('a band in words', () => {
  it('names its cut-offs', () => {
    expect(bandInWords({ inner: 16, outer: 32 })).toBe('between 16 and 32 cycles');
    expect(bandInWords({ inner: 0, outer: 1 })).toBe('up to 1 cycle');
    expect(bandInWords({ inner: 4, outer: open })).toBe('from 4 cycles on');
    expect(bandInWords({ inner: 0, outer: open })).toBe('at all frequencies');
  });
});
