import { describe, expect, it } from 'vitest';
import { presets } from '#core/presets.ts';
import { contestantNames, differingTraining } from './contestant-names.ts';

const base = { ...presets.quickLook, loss: 'wfdl' } as const;

describe('the names of contestants', () => {
  it('say what differs, and nothing else', () => {
    expect(contestantNames([{ ...base, loss: 'l2' }, base])).toEqual(['L2', 'WFDL']);
    expect(contestantNames([base, { ...base, width: 0.5, initialisation: 'he-normal' }])).toEqual([
      'width × 0.25, PyTorch weights',
      'width × 0.5, He weights',
    ]);
    expect(contestantNames([base, { ...base, curriculum: 0 }])).toEqual(['curriculum 0.5', 'no curriculum']);
  });

  it('leave out a setting that a contestant does not use', () => {
    const rivals = [{ ...base, loss: 'l2' as const }, base, { ...base, dcWeight: 0 }];
    expect(contestantNames(rivals)).toEqual(['L2', 'WFDL, dc weight 1', 'WFDL, dc weight 0']);
  });

  it('are numbered if they are equal', () => {
    expect(contestantNames([base, base, base])).toEqual(['WFDL', 'WFDL (2)', 'WFDL (3)']);
  });
});

describe('the settings that differ', () => {
  it('are those that change the trained weights', () => {
    const rival = { ...base, weightPower: 2, score: 'sum', memoryBudgetMB: 64, batch: 4 } as const;
    expect(differingTraining([base, rival])).toEqual(['batch']);
    expect(differingTraining([])).toEqual([]);
  });
});
