/** How far a run has come: the one count of epochs that the page, the tables and the files show. */
import type { History } from './history.ts';
import { type ColumnHistory, StepHistory } from './step-history.ts';

export interface RunLength {
  /** Whole epochs trained. */
  readonly epochs: number;
  /** `epochs` of its settings. */
  readonly planned: number;
  /** Whether the weights have fewer steps than planned. */
  readonly short: boolean;
}

/** Steps per epoch, from the start of the last epoch; undefined within the first. */
export const stepsPerEpochOf = (steps: StepHistory): number | undefined => {
  const { step, epoch } = steps.columns;
  const last = steps.length - 1;
  if (last < 0 || epoch[last] <= 1) return undefined;
  let first = last;
  while (first > 0 && epoch[first - 1] === epoch[last]) first--;
  // Skipped steps have no loss: some may be missing before this one, fewer than there are epochs.
  return first === 0 ? undefined : Math.floor((step[first] - 1) / (epoch[last] - 1));
};

/** Number of skipped steps: those that have no loss. */
export const skippedSteps = ({ steps, evaluations }: ColumnHistory): number =>
  Math.max(steps.at(-1)?.step ?? 0, evaluations.at(-1)?.step ?? 0) - steps.length;

/**
 * Returns the steps per epoch of a run from files, on the images that it was trained on; undefined if it ended within its first
 * epoch.
 */
export const stepsPerEpochOfRun = ({ steps, evaluations }: History): number | undefined => {
  const first = evaluations.find(({ epoch }) => epoch === 1);
  return stepsPerEpochOf(StepHistory.of(steps)) ?? first?.step;
};

/**
 * Returns the length of a run.
 * @param steps all steps of the run
 * @param stepsPerEpoch for a run within its first epoch; the steps of a longer run contain it
 * @param planned `epochs` of its settings
 */
export const runLengthOf = (steps: StepHistory, stepsPerEpoch: number, planned: number): RunLength => {
  const perEpoch = Math.max(1, stepsPerEpochOf(steps) ?? stepsPerEpoch);
  const step = steps.at(-1)?.step ?? 0;
  return { epochs: Math.floor(step / perEpoch), planned, short: step < planned * perEpoch };
};

/** How a short run ended: for good, or until it resumes. */
export type ShortEnd = 'stopped' | 'paused';

/** `stopped at epoch 12 of 40`; undefined for a run that reached its planned end. */
export const stoppedWords = (
  { epochs, planned, short }: RunLength,
  end: ShortEnd = 'stopped',
): string | undefined => (short ? `${end} at epoch ${epochs} of ${planned}` : undefined);

/** `stopped at epoch 12 of 40`, or `40 epochs`. */
export const runLengthWords = (length: RunLength, end?: ShortEnd): string =>
  stoppedWords(length, end) ?? `${length.epochs} ${length.epochs === 1 ? 'epoch' : 'epochs'}`;
