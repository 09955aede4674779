/** The status of a run, and the events that the training worker reports without a request. */
import type { PlainError } from './errors.ts';
import type { Evaluation, PastEvaluation, SampleView, SpectrumRecord, StepRecord } from './history.ts';
import type { ShareDone } from './share-clock.ts';

export type RunPhase = 'idle' | 'running' | 'paused' | 'finished' | 'failed';
export type RunActivity = 'compiling' | 'training' | 'evaluating';

/** The progress of a run. */
export interface RunStatus {
  readonly phase: RunPhase;
  /** Completed optimizer steps. */
  readonly step: number;
  readonly stepsPerEpoch: number;
  /** Completed epochs. */
  readonly epoch: number;
  readonly epochs: number;
  readonly imagesPerSecond: number | undefined;
  readonly remainingMs: number | undefined;
  /** The worker's current activity; it may evaluate or compile in any phase. */
  readonly activity: RunActivity | undefined;
  /** Progress of compiling or of the current evaluation; undefined if neither is in progress, or if it is short. */
  readonly progress: ShareDone | undefined;
  /** Bytes that the device holds now. */
  readonly deviceBytes: number;
}

/** Event name -> payload. */
export interface TrainingEvents {
  status: RunStatus;
  /** The losses since the previous event of this name, a few times a second. */
  steps: readonly StepRecord[];
  evaluation: Evaluation;
  /** The evaluations that `viewPast` accepts, in order: sent after each evaluation; empty once a run is dropped. */
  kept: readonly PastEvaluation[];
  /** The spectrum of the residual: after an epoch, at most a few times a second. */
  spectrum: SpectrumRecord;
  view: SampleView;
  /** The run failed: non-finite loss, lost device. */
  failure: PlainError;
}

/**
 * Reports an event to the page.
 * @param transfer buffers that move with the payload: they are no longer usable afterwards
 */
export type Emit = <E extends keyof TrainingEvents>(
  name: E,
  payload: TrainingEvents[E],
  transfer?: Transferable[],
) => void;
