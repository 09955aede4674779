/** The time of a step on its calling thread, and its number of dispatches: side 64, width 0.25, batch 16. */
import { benchRow } from '../../bench-row.ts';
import { median } from '../../statistics.ts';
import { createStep, type StepSize } from '../../step.ts';
import type { BenchCase } from '../bench-case.ts';

const size: StepSize = { side: 64, batch: 16, width: 0.25 };

/** Steps of each kind: a median of host times needs more samples than one of device times, and each costs as much. */
const samples = 11;
const quickSamples = 5;

/** Number of dispatches that `work` encodes. */
const countDispatches = (work: () => void): number => {
  const { prototype } = GPUComputePassEncoder;
  const original = prototype.dispatchWorkgroups;
  let count = 0;
  prototype.dispatchWorkgroups = function (...given) {
    count += 1;
    return original.apply(this, given);
  };
  try {
    work();
  } finally {
    prototype.dispatchWorkgroups = original;
  }
  return count;
};

/** Milliseconds of this thread for a call while the device is idle. */
const hostMs = (work: () => void): number => {
  const start = performance.now();
  work();
  return performance.now() - start;
};

/**
 * `host-step-64`: medianMs is a replayed step, including images and submission; baselineMs is the same step without its
 * recording, alternating; ratio is the fraction. `dispatches-64`: ratio is the count.
 */
export const hostCase: BenchCase = {
  ids: ['host-step-64', 'dispatches-64'],
  run: async ({ settings: { quick } }) => {
    const training = createStep(size);
    const settle = async (): Promise<void> => {
      const loss = training.last();
      await loss.data();
      loss.dispose();
    };
    try {
      // RAdam's first five steps are of another kind.
      for (let step = 0; step < 6; step++) training.replay();
      training.eager();
      await settle();
      const dispatches = countDispatches(training.replay);
      await settle();
      const times: Record<'replay' | 'eager', number[]> = { replay: [], eager: [] };
      for (let sample = 0; sample < (quick ? quickSamples : samples); sample++) {
        for (const kind of ['replay', 'eager'] as const) {
          times[kind].push(hostMs(training[kind]));
          await settle();
        }
      }
      const [replayMs, eagerMs] = [median(times.replay), median(times.eager)];
      return [
        benchRow(
          {
            id: 'host-step-64',
            baseline: 'the same step without its recording: ratio is the share of it',
            ratio: replayMs / eagerMs,
            medianMs: replayMs,
            baselineMs: eagerMs,
          },
          {},
        ),
        benchRow(
          { id: 'dispatches-64', baseline: 'ratio is the dispatches of a step', ratio: dispatches },
          {},
        ),
      ];
    } finally {
      training.dispose();
    }
  },
};
