/** Queue entries for tests of the table. */
import type { LossName, RunConfig } from '../../config.ts';
import { presets } from '../../presets.ts';
import type { EntryResult, EntryState, QueueEntry } from '../queue-entry.ts';

/** Settings for tests: the paper's, except for the side and the band. */
export const testBase: RunConfig = { ...presets.paper, side: 64, bandLow: 0.5 };

/** The outcome of a run with this image AUROC and an interval of 0.05 on both sides. */
export const measured = (value: number, change: Partial<EntryResult> = {}): EntryState => ({
  state: 'done',
  result: {
    imageAuroc: { defined: true, value },
    interval: { defined: true, lower: value - 0.05, upper: value + 0.05 },
    trainImages: 10,
    testImages: 5,
    unreadable: 0,
    epochs: 1,
    elapsedMs: 1000,
    device: 'test',
    ...change,
  },
});

/** The outcome of a run whose AUROC is undefined. */
export const unmeasurable = (reason: string): EntryState =>
  measured(0, { imageAuroc: { defined: false, reason }, interval: { defined: false, reason }, epochs: 0 });

/** The outcome of a run that failed. */
export const failed = (problem: string): EntryState => ({
  state: 'failed',
  error: { code: 'non-finite-loss', problem, remedy: 'Lower the learning rate.' },
});

/** An entry of a category with 10 training images and 15 in total. */
export const entryOf = (
  category: string,
  loss: LossName,
  outcome: EntryState = { state: 'waiting' },
  seed = 0,
): QueueEntry => ({
  id: `${category}/${loss}/${seed}`,
  category,
  imageCount: 15,
  trainCount: 10,
  loss,
  seed,
  config: { ...testBase, loss, seed },
  outcome,
  spentMs: 0,
});
