import { describe, expect, it } from 'vitest';
import type { Evaluation } from '#core/history.ts';
import { commonEvaluations } from './common-evaluations.ts';

const at = (...epochs: number[]) => epochs.map((epoch) => ({ epoch, step: 10 * epoch }) as Evaluation);
const epochsOf = (...histories: Evaluation[][]) => commonEvaluations(histories).map(({ epoch }) => epoch);

describe('the evaluations that are compared', () => {
  it('are the last ones at the same epoch: a contestant that is ahead waits', () => {
    expect(epochsOf(at(4, 8, 12), at(4, 8))).toEqual([8, 8]);
    expect(epochsOf(at(4), at(4), at(4))).toEqual([4, 4, 4]);
  });

  it('are none until each contestant has one', () => {
    expect(epochsOf(at(4, 8), [])).toEqual([]);
    expect(commonEvaluations([])).toEqual([]);
  });

  it('are the last of each if no epoch is in common', () => {
    expect(epochsOf(at(4), at(3))).toEqual([4, 3]);
  });
});
