import { describe, expect, it } from 'vitest';
import type { Evaluation } from '#core/history.ts';
import { emptyHistory } from '#core/step-history.ts';
import { idleStatus } from '#store/run/state.ts';
import { commonEvaluations, countedPlaces } from './common-evaluations.ts';

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

describe('the compared contestants', () => {
  it('are all but those that failed before their first evaluation', () => {
    const contestant = (phase: 'running' | 'failed', ...epochs: number[]) => ({
      status: { ...idleStatus(8), phase },
      history: { ...emptyHistory, evaluations: at(...epochs) },
    });
    const all = [contestant('failed'), contestant('running'), contestant('failed', 4)];
    expect(countedPlaces(all)).toEqual([1, 2]);
  });
});
