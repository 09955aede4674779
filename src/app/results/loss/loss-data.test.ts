import { describe, expect, it } from 'vitest';
import { StepHistory } from '#core/step-history.ts';
import { lossData } from './loss-data.ts';

describe('lossData', () => {
  const steps = [
    { step: 1, epoch: 1, loss: 4, objective: 3 },
    { step: 2, epoch: 1, loss: 2 },
  ];

  it('has the minimized loss beside the loss by the final weight if they differ in some step', () => {
    const { columns, rows } = lossData([{ key: 'present', name: 'WFDL', steps: StepHistory.of(steps) }], 0);
    expect(columns.map(({ label }) => label)).toEqual([
      'step',
      'epoch',
      'loss, WFDL',
      'smoothed 0, WFDL',
      'minimized loss, WFDL',
    ]);
    expect(rows.map((row) => [row['present loss'], row['present objective']])).toEqual([
      [4, 3],
      [2, 2],
    ]);
  });

  it('has no such column for runs without a curriculum', () => {
    const plain = steps.map(({ step, epoch, loss }) => ({ step, epoch, loss }));
    const { columns } = lossData([{ key: 'present', name: 'L2', steps: StepHistory.of(plain) }], 0);
    expect(columns.map(({ key }) => key)).not.toContain('present objective');
  });
});
