import { expect, it } from 'vitest';
import { emptyHistory } from '#core/step-history.ts';
import { fakeEvaluation } from '#store/testing/fake-clients.ts';
import { fakeRun } from '#store/testing/fake-run.ts';
import { shownEpochs } from './comparison-epochs.ts';

const evaluated = (epochs: readonly number[], past: number) =>
  fakeRun({
    history: { ...emptyHistory, evaluations: epochs.map((epoch) => fakeEvaluation(epoch, [])) },
    bytes: { model: 1, past },
  });

it('the slider has the epochs of all rows, of retained runs only those that they can show', () => {
  const held = [1, 5].map((epoch) => ({ epoch, step: 10 * epoch }));
  expect(shownEpochs(held, [evaluated([2, 5, 9], 1)])).toEqual([1, 2, 5, 9]);
  expect(shownEpochs(held, [evaluated([2, 5, 9], 0)])).toEqual([1, 5, 9]);
  expect(shownEpochs([], [])).toEqual([]);
});
