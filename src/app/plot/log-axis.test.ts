import { describe, expect, it } from 'vitest';
import { formatBytes, formatCount, formatDuration, formatFigure, formatPercent } from '../ui/format.ts';
import { logAxis } from './ticks.ts';

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
    const dayMs = 86_400_000;
    expect(
      [8_400, 64_000, 7_500_000, 3 * dayMs + 14_400_000, 40.9 * dayMs, 4832 * dayMs].map(formatDuration),
    ).toEqual(['8 s', '1 min 04 s', '2 h 05 min', '3 days 4 h', '40 days', '13.2 years']);
    expect([84e6, 1.24e9, 900].map(formatBytes)).toEqual(['84 MB', '1.2 GB', '1 kB']);
    expect(formatPercent(0.924)).toBe('92 %');
    expect([formatCount(1, 'file'), formatCount(3, 'category', 'categories')]).toEqual([
      '1 file',
      '3 categories',
    ]);
  });
});
