import { expect, it } from 'vitest';
import { presets } from '#core/presets.ts';
import { StepHistory } from '#core/step-history.ts';
import { presentLength, presentStopped } from './present-length.ts';
import { initialRun } from './state.ts';

const after = (step: number, phase: 'paused' | 'finished') => ({
  run: {
    ...initialRun,
    configured: { ...presets.quickLook, epochs: 3 },
    status: { ...initialRun.status, phase, step, stepsPerEpoch: 2 },
    history: {
      ...initialRun.history,
      steps: StepHistory.of(
        Array.from({ length: step }, (_, i) => ({ step: i + 1, epoch: Math.ceil((i + 1) / 2), loss: 1 })),
      ),
    },
  },
});

it('only a run that is over before its planned end was stopped', () => {
  expect(presentStopped(after(5, 'finished'))).toBe('stopped at epoch 2 of 3');
  expect(presentStopped(after(5, 'paused'))).toBeUndefined();
  expect(presentStopped(after(6, 'finished'))).toBeUndefined();
  expect(presentLength(after(5, 'paused'))).toMatchObject({ epochs: 2, planned: 3 });
});

it('there is no length before a run', () => {
  expect(presentLength({ run: initialRun })).toBeUndefined();
});
