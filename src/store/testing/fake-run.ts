/** Retained runs for tests. */
import { presets } from '#core/presets.ts';
import { emptyHistory } from '#core/step-history.ts';
import type { RetainedRun } from '../runs/retained-run.ts';

/** A run without a step. */
export const fakeRun = (change: Partial<RetainedRun> = {}): RetainedRun => ({
  id: 'run',
  name: 'run',
  note: '',
  createdAt: 0,
  categoryName: 'bolt',
  config: presets.quickLook,
  history: emptyHistory,
  device: undefined,
  trainMs: undefined,
  summary: { parameterCount: 1, stepsPerEpoch: 1, microBatch: 1 },
  ...change,
});
