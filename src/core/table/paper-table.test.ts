import { describe, expect, it } from 'vitest';
import { inPaperOrder, paperAuroc, paperCategories, paperLosses } from './paper-table.ts';

describe('the numbers of Table II', () => {
  it.each([
    ['ssim', 0.65],
    ['l2', 0.699],
    ['wfdl', 0.757],
  ] as const)('have the printed mean of %s', (loss, mean) => {
    const values = paperCategories.map((category) => paperAuroc(category, loss) ?? Number.NaN);
    expect(values).toHaveLength(15);
    // Sums of the columns: 9.75, 10.48 and 11.35. The means are printed with three decimals.
    expect(values.reduce((sum, value) => sum + value, 0) / 15).toBeCloseTo(mean, 3);
  });

  it('are between 0 and 1 with two decimals', () => {
    for (const category of paperCategories)
      for (const loss of paperLosses) {
        const value = paperAuroc(category, loss) ?? Number.NaN;
        expect(value).toBeGreaterThan(0);
        expect(value).toBeLessThan(1);
        expect(Number(value.toFixed(2))).toBe(value);
      }
  });

  it('are undefined for categories and losses outside the paper', () => {
    expect(paperAuroc('candle', 'wfdl')).toBeUndefined();
    expect(paperAuroc('toString', 'wfdl')).toBeUndefined();
  });

  it('order categories like the paper, followed by others by name', () => {
    expect(inPaperOrder(['zipper', 'candle', 'bottle', 'apple', 'carpet'])).toEqual([
      'carpet',
      'bottle',
      'zipper',
      'apple',
      'candle',
    ]);
  });
});
