import { describe, expect, it } from 'vitest';
import type { Evaluation } from './history.ts';
import {
  runLengthOf,
  runLengthWords,
  skippedSteps,
  stepsPerEpochOf,
  stepsPerEpochOfRun,
  stoppedWords,
} from './run-length.ts';
import { emptyHistory, StepHistory } from './step-history.ts';

/** A history with one step for each of these epochs. */
const ofEpochs = (epochs: readonly number[]): StepHistory =>
  StepHistory.of(epochs.map((epoch, index) => ({ step: index + 1, epoch, loss: 1 })));

describe('the steps of an epoch', () => {
  it('are known from the second epoch on', () => {
    expect(stepsPerEpochOf(StepHistory.empty)).toBeUndefined();
    expect(stepsPerEpochOf(ofEpochs([1, 1, 1]))).toBeUndefined();
    expect(stepsPerEpochOf(ofEpochs([1, 1, 1, 2]))).toBe(3);
    expect(stepsPerEpochOf(ofEpochs([1, 1, 2, 2, 3]))).toBe(2);
  });

  it('of a run from files follow from an evaluation after the only epoch too', () => {
    const steps = [1, 2, 3].map((step) => ({ step, epoch: 1, loss: 1 }));
    const at = (epoch: number) => ({ step: 3, epoch }) as Evaluation;
    expect(stepsPerEpochOfRun({ steps, evaluations: [at(1)], spectra: [] })).toBe(3);
    expect(stepsPerEpochOfRun({ steps, evaluations: [at(0)], spectra: [] })).toBeUndefined();
    const more = [...steps, { step: 4, epoch: 2, loss: 1 }];
    expect(stepsPerEpochOfRun({ steps: more, evaluations: [], spectra: [] })).toBe(3);
  });
});

describe('skipped steps', () => {
  const steps = StepHistory.of(
    [1, 2, 4, 5, 8, 9].map((step) => ({ step, epoch: Math.ceil(step / 3), loss: 1 })),
  );
  const evaluation = { step: 10 } as Evaluation;

  it('are those without a loss, up to the last evaluation', () => {
    expect(skippedSteps({ ...emptyHistory, steps })).toBe(3);
    expect(skippedSteps({ ...emptyHistory, steps, evaluations: [evaluation] })).toBe(4);
    expect(skippedSteps(emptyHistory)).toBe(0);
  });

  it('do not lengthen an epoch', () => {
    expect(stepsPerEpochOf(steps)).toBe(3);
  });
});

describe('the length of a run', () => {
  it('is its number of whole epochs', () => {
    expect(runLengthOf(ofEpochs([1, 1, 2, 2, 3]), 9, 40)).toEqual({ epochs: 2, planned: 40, short: true });
    expect(runLengthOf(ofEpochs([1, 1, 2, 2]), 9, 2)).toEqual({ epochs: 2, planned: 2, short: false });
  });

  it('needs the steps of an epoch within the first', () => {
    expect(runLengthOf(ofEpochs([1, 1]), 2, 1)).toEqual({ epochs: 1, planned: 1, short: false });
    expect(runLengthOf(ofEpochs([1]), 2, 1)).toEqual({ epochs: 0, planned: 1, short: true });
    expect(runLengthOf(StepHistory.empty, 0, 1)).toEqual({ epochs: 0, planned: 1, short: true });
  });

  it('is named with its planned end only if that was not reached', () => {
    expect(runLengthWords({ epochs: 12, planned: 40, short: true })).toBe('stopped at epoch 12 of 40');
    expect(runLengthWords({ epochs: 12, planned: 40, short: true }, 'paused')).toBe(
      'paused at epoch 12 of 40',
    );
    expect(runLengthWords({ epochs: 40, planned: 40, short: false })).toBe('40 epochs');
    expect(runLengthWords({ epochs: 1, planned: 1, short: false })).toBe('1 epoch');
    expect(stoppedWords({ epochs: 40, planned: 40, short: false })).toBeUndefined();
  });
});
