import { expect, it } from 'vitest';
import type { EstimateState } from '#store/run/state.ts';
import { epochsMs, newRunMs, trainTimeText } from './train-time.ts';

const estimate = (totalMs: number | undefined): EstimateState => ({
  phase: 'ready',
  estimate: {
    ...{ batch: 8, microBatch: 8, memoryBytes: 1, paceSource: 'training' },
    ...{ epochMs: 10, evaluationMs: 5, totalMs },
  },
  current: true,
});

it('a run has the time of its estimate, and more epochs take theirs', () => {
  expect(newRunMs({ estimate: estimate(1000) })).toBe(1000);
  expect(newRunMs({ estimate: { phase: 'unknown' } })).toBeUndefined();
  expect(epochsMs({ estimate: estimate(1000) }, { epochs: 4, evaluateEvery: 2 })).toBe(50);
});

it('the button says a time from one minute on', () => {
  expect(trainTimeText({ estimate: estimate(undefined) })).toBeUndefined();
  expect(trainTimeText({ estimate: estimate(59_900) })).toBeUndefined();
  expect(trainTimeText({ estimate: estimate(60_000) })).toBe('about 1 min');
  expect(trainTimeText({ estimate: estimate(25_200_000) })).toBe('about 7 h');
});
