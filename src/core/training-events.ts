/** The status of a run, and the events that the training worker reports without a request. */
import type { RunConfig } from './config.ts';
import type { PlainError } from './errors.ts';
import type { Evaluation, PastEvaluation, SampleView, SpectrumRecord, StepRecord } from './history.ts';
import type { RunChange } from './run-change.ts';
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
  /** Milliseconds of training in this run's own turns, in a race; undefined for a run that trains alone. */
  readonly turnMs: number | undefined;
  /** Bytes that the device holds now. */
  readonly deviceBytes: number;
}

/** Events about one run: event name -> payload. */
export interface RunEvents {
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

/** Events about a rival: those of any run, and its settings after a change, which the present run has in a reply. */
interface RivalEvents extends RunEvents {
  changed: { readonly config: RunConfig; readonly changes: readonly RunChange[] };
}

/** An event about a rival of the present run, by its place in the race: 1 or 2. */
export type RivalEvent = {
  [E in keyof RivalEvents]: { readonly place: number; readonly name: E; readonly payload: RivalEvents[E] };
}[keyof RivalEvents];

/** All events: those about the present run have their own names. */
export interface TrainingEvents extends RunEvents {
  rival: RivalEvent;
}

/**
 * Reports an event to the page.
 * @param transfer buffers that move with the payload: they are no longer usable afterwards
 */
export type Emit<Events = RunEvents> = <E extends keyof Events>(
  name: E,
  payload: Events[E],
  transfer?: Transferable[],
) => void;
