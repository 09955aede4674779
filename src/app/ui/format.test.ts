import { describe, expect, it } from 'vitest';
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatFigure,
  formatPercent,
  formatRoughly,
  formatShortly,
} from './format.ts';

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

  it('mark non-finite numbers', () => {
    expect(formatFigure(Number.NaN)).toBe('NaN');
  });

  it('put durations, bytes, shares and counts in words', () => {
    const dayMs = 86_400_000;
    expect(
      [8_400, 64_000, 7_500_000, 3 * dayMs + 14_400_000, 40.9 * dayMs, 4832 * dayMs].map(formatDuration),
    ).toEqual(['8 s', '1 min 04 s', '2 h 05 min', '3 days 4 h', '40 days', '13.2 years']);
    expect([40, 850, 9_000, 64_000].map(formatShortly)).toEqual(['40 ms', '0.8 s', '9.0 s', '1 min 04 s']);
    expect(
      [8_400, 64_000, 7 * 3_600_000, 40 * 3_600_000, 12 * dayMs, 800 * dayMs].map(formatRoughly),
    ).toEqual([...['8 s', '1 min', '7 h', '40 h', '12 days', '2 years']]);
    expect([84e6, 1.24e9, 900].map(formatBytes)).toEqual(['84 MB', '1.2 GB', '1 kB']);
    expect(formatPercent(0.924)).toBe('92 %');
    expect([formatCount(1, 'file'), formatCount(3, 'category', 'categories')]).toEqual([
      '1 file',
      '3 categories',
    ]);
  });
});
