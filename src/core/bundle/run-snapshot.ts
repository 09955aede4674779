/** The state of the page behind the results of a run: plain JSON. */
import type { RunConfig } from '../config.ts';
import type { SampleInfo } from '../dataset.ts';
import type { DeviceReport } from '../device.ts';
import type { PlainError } from '../errors.ts';
import type { Evaluation, StepRecord } from '../history.ts';
import type { PaperComparison } from '../paper-differences/paper-differences.ts';

/** Progress of a run. */
export interface RunProgress {
  readonly phase: 'idle' | 'running' | 'paused' | 'finished' | 'failed';
  readonly activity: 'compiling' | 'training' | 'evaluating' | undefined;
  readonly step: number;
  readonly epoch: number;
  readonly epochs: number;
  readonly imagesPerSecond: number | undefined;
  readonly remainingMs: number | undefined;
  readonly deviceBytes: number;
}

export type DeviceState =
  | { readonly phase: 'starting' }
  | {
      readonly phase: 'ready';
      readonly report: DeviceReport;
    }
  | { readonly phase: 'failed'; readonly error: PlainError };

/** All inputs of the results. */
export interface RunSnapshot {
  readonly device: DeviceState;
  readonly status: RunProgress;
  readonly microBatch: number | undefined;
  readonly config: RunConfig;
  readonly steps: readonly StepRecord[];
  readonly evaluations: readonly (Omit<Evaluation, 'scores'> & { readonly scores: readonly number[] })[];
  readonly categoryName: string | undefined;
  readonly samples: readonly SampleInfo[];
  readonly skippedFiles: readonly { readonly path: string; readonly reason: string }[];
  readonly notices: readonly string[];
  readonly paper: PaperComparison;
}
