import { expect, it } from 'vitest';
import { bestOnTest, epochChoiceOf } from './epoch-choice.ts';

const evaluationAt = (epoch: number, value?: number) => ({
  epoch,
  step: 4 * epoch,
  imageAuroc:
    value === undefined
      ? ({ defined: false, reason: 'one class' } as const)
      : ({ defined: true, value } as const),
});

const evaluations = [evaluationAt(2, 0.7), evaluationAt(4, 0.9), evaluationAt(6, 0.9), evaluationAt(8, 0.8)];

it('only the last evaluation, at the planned end, is chosen without the test set', () => {
  const choices = (planned: number) =>
    evaluations.map((evaluation) => epochChoiceOf(evaluation, evaluations, planned));
  expect(choices(8)).toEqual(['chosen-on-test', 'chosen-on-test', 'chosen-on-test', 'planned-end']);
  expect(choices(10).at(-1)).toBe('stopped-early');
});

it('another evaluation of the last step with other settings also counts as the last', () => {
  expect(epochChoiceOf(evaluationAt(8, 0.95), evaluations, 8)).toBe('planned-end');
});

it('the best is the first with the highest AUROC; none exists if AUROC is undefined', () => {
  expect(bestOnTest(evaluations)).toEqual({ epoch: 4, step: 16, imageAuroc: 0.9 });
  expect(bestOnTest([evaluationAt(1), evaluationAt(2, 0.7)])).toMatchObject({ epoch: 2 });
  expect(bestOnTest([evaluationAt(1)])).toBeUndefined();
});
