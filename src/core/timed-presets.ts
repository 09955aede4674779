/** Presets by time: the recommended settings, in sizes that a device trains in a given time. */
import type { RunConfig } from './config.ts';
import type { RunTimes } from './evaluation-work.ts';
import { withPreset } from './presets.ts';

/** The presets by time, and their milliseconds. */
export const timedPresetMs = { minute: 60_000, tenMinutes: 600_000 } as const;

export type TimedPresetName = keyof typeof timedPresetMs;

/** The settings that a time determines. */
export type TimedSizes = Pick<
  RunConfig,
  'side' | 'width' | 'batch' | 'learningRate' | 'epochs' | 'evaluateEvery'
>;

interface Candidate extends Omit<TimedSizes, 'epochs' | 'evaluateEvery'> {
  /** Optimizer steps below which a smaller model learns more in the same time. */
  readonly leastSteps: number;
}

/** From the quick look's size to the paper's. Small models take small batches and higher rates: WFDL needs many steps. */
const candidates: readonly Candidate[] = [
  { side: 32, width: 0.25, batch: 8, learningRate: 3e-3, leastSteps: 0 },
  { side: 64, width: 0.25, batch: 8, learningRate: 3e-3, leastSteps: 600 },
  { side: 64, width: 0.5, batch: 8, learningRate: 2e-3, leastSteps: 800 },
  { side: 128, width: 0.5, batch: 16, learningRate: 2e-3, leastSteps: 1000 },
  { side: 128, width: 1, batch: 16, learningRate: 1e-3, leastSteps: 1500 },
  { side: 256, width: 1, batch: 32, learningRate: 1e-3, leastSteps: 2000 },
];

/** The paper's number of epochs: more belong to no preset. */
const mostEpochs = 2000;
const mostEvaluations = 20;
/** Evaluations may take this share of the time. */
const evaluationShare = 0.25;

/** Rounded down to two digits. */
const roundedDown = (value: number): number => {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(value)) - 1);
  return Math.floor(value / unit) * unit;
};

/** The epochs and evaluations of a candidate in the given time; fewer than one epoch counts as one. */
const filled = (
  { leastSteps: _, ...size }: Candidate,
  totalMs: number,
  { epochMs = Number.POSITIVE_INFINITY, evaluationMs = Number.POSITIVE_INFINITY }: Partial<RunTimes>,
): TimedSizes => {
  const affordable = Math.floor((evaluationShare * totalMs) / evaluationMs);
  const evaluations = Math.min(mostEvaluations, Math.max(1, affordable));
  const left = totalMs - evaluations * evaluationMs;
  const epochs = Math.min(mostEpochs, roundedDown(Math.max(1, left / epochMs)));
  return { ...size, epochs, evaluateEvery: Math.ceil(epochs / evaluations) };
};

/**
 * Chooses the largest model that takes enough steps in the given time, with all its evaluations; the smallest model if none
 * does.
 * @param totalMs milliseconds of the whole run
 * @param train number of trained images, at least 1
 * @param timesOf the device's times for a run of these sizes
 * @param fits whether such a run fits the device; asked for the largest suitable sizes first
 */
export const sizesForTime = (
  totalMs: number,
  train: number,
  timesOf: (size: Pick<TimedSizes, 'side' | 'width'>) => RunTimes,
  fits: (sizes: TimedSizes) => boolean = () => true,
): TimedSizes => {
  const suitable = candidates.toReversed().find((candidate) => {
    const sizes = filled(candidate, totalMs, timesOf(candidate));
    const steps = sizes.epochs * Math.ceil(train / candidate.batch);
    return steps >= candidate.leastSteps && fits(sizes);
  });
  const chosen = suitable ?? candidates[0]!;
  return filled(chosen, totalMs, timesOf(chosen));
};

/** A config with these sizes and the recommended settings; the settings that belong to no preset stay. */
export const withTimedSizes = (config: RunConfig, sizes: TimedSizes): RunConfig => ({
  ...withPreset(config, 'recommended'),
  ...sizes,
});

/** Whether a config has these sizes and the recommended settings. */
export const hasTimedSizes = (config: RunConfig, sizes: TimedSizes): boolean => {
  const expected = withTimedSizes(config, sizes);
  return (Object.keys(expected) as (keyof RunConfig)[]).every((key) => expected[key] === config[key]);
};
