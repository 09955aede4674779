/** The geometry of the gallery's grid. */
import { describe, expect, it } from 'vitest';
import { gap, gridGeometry, margin } from './grid-geometry.ts';

describe('the grid', () => {
  it('has as many columns as fit, which fill the row but for less than a pixel each', () => {
    for (const width of [240, 390, 816, 1300]) {
      const { columns, side } = gridGeometry(width, 66, 500);
      const taken = columns * side + (columns - 1) * gap + 2 * margin;
      expect(side).toBeGreaterThanOrEqual(66);
      expect(side).toBeLessThan(2 * 66 + gap);
      expect(width - taken).toBeGreaterThanOrEqual(0);
      expect(width - taken).toBeLessThan(columns);
    }
  });

  it('has a last row for the rest', () => {
    // 240 - 8 = 232 hold three columns of 66 with 6 between: 3 * 66 + 2 * 6 = 210; a fourth would take 282.
    expect(gridGeometry(240, 66, 7)).toEqual({ columns: 3, rows: 3, side: 73, height: 76 });
  });

  it('has one column where not even one thumbnail fits, and no rows without images', () => {
    expect(gridGeometry(0, 66, 2)).toMatchObject({ columns: 1, rows: 2 });
    expect(gridGeometry(300, 66, 0).rows).toBe(0);
  });
});
