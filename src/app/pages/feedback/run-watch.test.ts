/** When the page notices that something is over, and what it says. */
import { describe, expect, it } from 'vitest';
import { presets } from '#core/presets.ts';
import { StepHistory } from '#core/step-history.ts';
import type { QueueEntry } from '#core/table/queue-entry.ts';
import { type AppState, initialState } from '#store/app-state.ts';
import type { RunState } from '#store/run/state.ts';
import type { TableState } from '#store/table/state.ts';
import { fakeEvaluation } from '#store/testing/fake-clients.ts';
import { createRunWatch } from './run-watch.ts';

const at = (
  phase: RunState['status']['phase'],
  change: Partial<RunState> = {},
  table: Partial<TableState> = {},
): AppState => {
  const state = initialState;
  return {
    ...state,
    run: { ...state.run, ...change, status: { ...state.run.status, phase, epoch: 7 } },
    table: { ...state.table, ...table },
  };
};

/** Goes through states at times in ms, and gives what was noticed last. */
const watched = (...steps: readonly (readonly [atMs: number, state: AppState])[]) => {
  let nowMs = 0;
  const watch = createRunWatch(() => nowMs);
  let before = initialState;
  return steps
    .map(([atMs, state]) => {
      nowMs = atMs;
      const over = watch(state, before);
      before = state;
      return over;
    })
    .at(-1);
};

const evaluated = { history: { ...initialState.run.history, evaluations: [fakeEvaluation(7, [1, 2])] } };

describe('the end of training', () => {
  it('reports AUROC, epoch and the time of training without pauses', () => {
    const over = watched(
      [0, at('running')],
      [10_000, at('paused')],
      [60_000, at('running')],
      [75_000, at('finished', evaluated)],
    );
    expect(over).toEqual({
      failed: false,
      title: 'Training is done',
      detail: 'image AUROC 1.000, epoch 7, 25 s',
    });
  });

  it('says if the run was stopped before its planned end', () => {
    const { quickLook } = presets;
    const steps = StepHistory.of([1, 2, 3].map((step) => ({ step, epoch: step, loss: 1 })));
    const stopped = at('finished', {
      configured: { ...quickLook, epochs: 5 },
      history: { ...initialState.run.history, steps },
    });
    const { status } = stopped.run;
    const over = watched(
      [0, at('running')],
      [2000, { ...stopped, run: { ...stopped.run, status: { ...status, step: 3 } } }],
    );
    expect(over).toEqual({
      failed: false,
      title: 'Training was stopped',
      detail: 'stopped at epoch 3 of 5, 2 s',
    });
  });

  it('counts a new run from its own beginning', () => {
    const over = watched(
      [0, at('running')],
      [50_000, at('finished')],
      [90_000, at('running')],
      [93_000, at('finished')],
    );
    expect(over?.detail).toBe('epoch 7, 3 s');
  });

  it('reports a failure with its problem', () => {
    const error = { code: 'device-lost', problem: 'The device was lost.', remedy: 'Reload.' } as const;
    expect(watched([0, at('running')], [1, at('failed', { failure: error })])).toMatchObject({
      failed: true,
      detail: 'The device was lost.',
    });
  });

  it('is noticed once, and not while the run continues', () => {
    expect(watched([0, at('running')], [1, at('finished')], [2, at('finished', evaluated)])).toBeUndefined();
    expect(watched([0, at('running')], [1, at('paused')])).toBeUndefined();
  });

  it('does not follow an import, or a single run of a queue', () => {
    expect(watched([0, at('finished', { task: 'importing' })])).toBeUndefined();
    const queue = { phase: 'running' } as const;
    expect(watched([0, at('running', {}, queue)], [1, at('finished', {}, queue)])).toBeUndefined();
  });
});

describe('the end of the queue', () => {
  const entry = (state: 'done' | 'waiting' | 'failed') => ({ outcome: { state } }) as QueueEntry;
  const ends = (...states: readonly ('done' | 'waiting' | 'failed')[]) =>
    watched(
      [0, at('finished', {}, { phase: 'running', entries: states.map(entry) })],
      [1, at('finished', {}, { phase: 'idle', entries: states.map(entry) })],
    );

  it('reports the number of measured and failed runs', () => {
    expect(ends('done', 'done', 'failed')).toMatchObject({
      failed: true,
      detail: '2 runs measured, 1 failed',
    });
  });

  it('is none where runs still wait: it was paused', () => {
    expect(ends('done', 'waiting')).toBeUndefined();
  });
});
