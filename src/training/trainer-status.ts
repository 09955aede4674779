/** Where a run stands, and what a trainer tells of it. */
import type { ResiduaError } from '#core/errors.ts';
import type { Evaluation, SpectrumRecord, StepRecord } from '#core/history.ts';
import type { ShareDone } from '#core/share-clock.ts';

export type TrainerPhase = 'idle' | 'running' | 'paused' | 'finished' | 'failed';
export type TrainerActivity = 'compiling' | 'training' | 'evaluating' | undefined;

/** Where a run stands. */
export interface TrainerStatus {
  readonly phase: TrainerPhase;
  readonly activity: TrainerActivity;
  readonly step: number;
  readonly stepsPerEpoch: number;
  readonly epoch: number;
  readonly epochs: number;
  readonly imagesPerSecond: number | undefined;
  readonly remainingMs: number | undefined;
  /** How far compiling or the evaluation under way is; undefined where there is none, or it is short. */
  readonly progress: ShareDone | undefined;
}

/** What a trainer tells while it works. */
export interface TrainerListener {
  status(status: TrainerStatus): void;
  steps(records: readonly StepRecord[]): void;
  evaluation(evaluation: Evaluation): void;
  spectrum(record: SpectrumRecord): void;
  failure(error: ResiduaError): void;
}
