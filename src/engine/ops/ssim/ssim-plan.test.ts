import { expect, it } from 'vitest';
import { planSsim, windowCounts } from './ssim-plan.ts';

const shape = { batch: 2, rows: 20, columns: 30, channels: 3 };

it('counts the windows that lie wholly in the images', () => {
  expect(windowCounts(shape, 11)).toEqual({ rows: 10, columns: 20, all: 2 * 10 * 20 * 3 });
  expect(windowCounts({ ...shape, rows: 11, columns: 11 }, 11).all).toBe(2 * 3);
  expect(windowCounts({ ...shape, rows: 10 }, 11).rows).toBe(0);
});

for (const device of ['gpu', 'cpu'] as const) {
  it(`leads from images to windows and back, on a ${device}`, () => {
    const { rows, columns, adjointRows, adjointColumns } = planSsim(shape, 11, device);
    expect([rows.outer, rows.inputLength, rows.outputLength, rows.inner]).toEqual([40, 30, 20, 3]);
    expect([columns.outer, columns.inputLength, columns.outputLength, columns.inner]).toEqual([
      2, 20, 10, 60,
    ]);
    expect([adjointRows.outer, adjointRows.inputLength, adjointRows.outputLength]).toEqual([20, 20, 30]);
    expect([adjointColumns.outer, adjointColumns.inputLength, adjointColumns.outputLength]).toEqual([
      2, 10, 20,
    ]);
    expect([adjointRows.inner, adjointColumns.inner]).toEqual([3, 90]);
  });

  it(`gives each value a thread, on a ${device}`, () => {
    for (const side of [11, 17, 18, 19, 26, 27]) {
      const plan = planSsim({ batch: 1, rows: side, columns: side, channels: 3 }, 11, device);
      for (const pass of [plan.rows, plan.columns, plan.adjointRows, plan.adjointColumns]) {
        expect(pass.blocks * pass.perThread).toBeGreaterThanOrEqual(pass.outputLength);
        expect((pass.blocks - 1) * pass.perThread).toBeLessThan(pass.outputLength);
        expect(pass.groups * plan.invocations).toBeGreaterThanOrEqual(pass.outer * pass.blocks * pass.inner);
      }
    }
  });
}
