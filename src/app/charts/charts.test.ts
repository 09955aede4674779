import { describe, expect, it } from 'vitest';
import { formatBytes, formatCount, formatDuration, formatFigure, formatPercent } from '../format.ts';
import { lossSeries, smooth } from './loss-series.ts';

import { logAxis } from './ticks.ts';

const steps = (losses: readonly number[]) => losses.map((loss, i) => ({ step: i + 1, epoch: 1, loss }));

describe('smoothing', () => {
  it('leaves the values alone at 0, and a constant at any strength', () => {
    expect(smooth([3, 1, 2], 0)).toEqual([3, 1, 2]);
    for (const value of smooth([4, 4, 4], 0.9)) expect(value).toBeCloseTo(4, 12);
  });

  it('weighs the past by powers of its strength', () => {
    // (0.5 * 1 + 0.25 * 0 ... ) of 1, 0: newest 0 weighs 0.5, the one before 0.25; divided by 0.75.
    expect(smooth([1, 0], 0.5)[1]).toBeCloseTo(0.25 / 0.75, 12);
  });
});

describe('the loss series', () => {
  it('keeps every step while there are few', () => {
    expect(lossSeries(steps([3, 2]), 0, 10)).toEqual([
      { step: 1, loss: 3, smoothed: 3 },
      { step: 2, loss: 2, smoothed: 2 },
    ]);
  });

  it('gives bucket means, ends at the last step and never more points than asked', () => {
    const series = lossSeries(steps([1, 3, 5, 7, 9]), 0, 2);
    expect(series).toEqual([
      { step: 2, loss: 2, smoothed: 3 },
      { step: 5, loss: 7, smoothed: 9 },
    ]);
    expect(lossSeries(steps(Array.from({ length: 10_001 }, () => 1)), 0.5, 500)).toHaveLength(500);
  });

  it('is empty without steps', () => {
    expect(lossSeries([], 0.5, 10)).toEqual([]);
  });
});

describe('a logarithmic axis', () => {
  it('has whole decades where there are enough', () => {
    expect(logAxis([0.001, 1]).ticks).toEqual([0.001, 0.01, 0.1, 1]);
  });

  it('has finer ticks within a decade', () => {
    expect(logAxis([10, 32]).ticks).toEqual([10, 15, 20, 30]);
  });

  it('has even ticks where the range is narrow', () => {
    expect(logAxis([23, 32]).ticks).toEqual([22, 24, 26, 28, 30, 32]);
    expect(logAxis([23, 23.1]).ticks).toEqual([22, 22.5, 23, 23.5, 24]);
  });

  it('holds all values and stays short', () => {
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

describe('figures', () => {
  it('keep three digits', () => {
    expect([0, 1234.5, 41.23, 0.0012345, 1.234e-7, 2.5e7].map((value) => formatFigure(value))).toEqual([
      '0',
      '1235',
      '41.2',
      '0.00123',
      '1.23e-7',
      '2.50e7',
    ]);
  });

  it('say what is not finite', () => {
    expect(formatFigure(Number.NaN)).toBe('NaN');
  });

  it('put durations, bytes, shares and counts in words', () => {
    expect([8_400, 64_000, 7_500_000].map(formatDuration)).toEqual(['8 s', '1 min 04 s', '2 h 05 min']);
    expect([84e6, 1.24e9, 900].map(formatBytes)).toEqual(['84 MB', '1.2 GB', '1 kB']);
    expect(formatPercent(0.924)).toBe('92 %');
    expect([formatCount(1, 'file'), formatCount(3, 'category', 'categories')]).toEqual([
      '1 file',
      '3 categories',
    ]);
  });
});
