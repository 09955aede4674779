/** The result of a race as plain JSON, which the page passes to a shell. */
import type { RunConfig } from './config.ts';
import type { PlainError } from './errors.ts';
import type { Metric } from './history.ts';
import type { BootstrapInterval } from './metrics/bootstrap-interval.ts';
import type { PairedDifference } from './metrics/paired-difference.ts';

/** Two contestants by their places, 0 for the first run, compared at one epoch. */
export interface RaceDifference {
  readonly first: number;
  readonly second: number;
  readonly epoch: number;
  /** AUROC of the first minus that of the second. */
  readonly difference: PairedDifference;
}

/** A contestant at the end of its training. */
export interface ContestantResult {
  readonly config: RunConfig;
  readonly microBatch: number;
  readonly step: number;
  readonly epoch: number;
  /** Of its last evaluation; undefined if it has none. */
  readonly imageAuroc: Metric | undefined;
  readonly interval: BootstrapInterval | undefined;
  /** Why it failed; undefined if it did not. */
  readonly failure: PlainError | undefined;
  /** Id of the retained run; undefined if it failed. */
  readonly runId: string | undefined;
}

export interface RaceResult {
  /** In the order of their places. */
  readonly contestants: readonly ContestantResult[];
  /** Of each pair. */
  readonly differences: readonly RaceDifference[];
}
