/** The state of the page as plain JSON. */
import type { RunConfig } from '#core/config.ts';
import type { SampleInfo } from '#core/dataset.ts';
import type { PlainError } from '#core/errors.ts';
import type { Evaluation, StepRecord } from '#core/history.ts';
import { comparePaper, type PaperComparison } from '#core/paper-differences/paper-differences.ts';
import type { RunStatus } from '#worker/protocol.ts';
import type { AppState } from './app-state.ts';
import { presentComparison } from './run/present-comparison.ts';
import type { DeviceState } from './run/state.ts';

/** An evaluation with its scores as a plain array. */
export type PlainEvaluation = Omit<Evaluation, 'scores'> & { readonly scores: readonly number[] };

/** The state of the page as plain JSON. */
export interface Snapshot {
  readonly device: DeviceState;
  readonly status: RunStatus;
  /** Images that pass through the model at once; undefined without a run. */
  readonly microBatch: number | undefined;
  /** Settings of the present run, or of the next one if there is none. */
  readonly config: RunConfig;
  readonly steps: readonly StepRecord[];
  readonly evaluations: readonly PlainEvaluation[];
  readonly categoryName: string | undefined;
  /** All samples of the image set. An evaluation's `scores` belong to the test samples, in this order. */
  readonly samples: readonly SampleInfo[];
  readonly skippedFiles: readonly { readonly path: string; readonly reason: string }[];
  readonly notices: readonly string[];
  /** Differences of the run's latest evaluation from the paper's experiment. */
  readonly paper: PaperComparison;
  readonly error: PlainError | undefined;
}

/** Copies the state. */
export const snapshotOf = ({ dataset, run, runs }: AppState): Snapshot => ({
  device: run.device,
  status: run.status,
  microBatch: run.summary?.microBatch,
  config: run.configured ?? run.config,
  steps: [...run.history.steps],
  evaluations: run.history.evaluations.map((evaluation) => ({
    ...evaluation,
    scores: [...evaluation.scores],
  })),
  categoryName: dataset.loaded?.category.name,
  samples: dataset.loaded?.samples ?? [],
  skippedFiles: dataset.loaded?.skippedFiles ?? [],
  notices: dataset.loaded?.notices ?? [],
  paper: comparePaper(presentComparison({ run, dataset, runs })),
  error: run.error ?? dataset.error,
});
