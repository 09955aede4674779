/** The typed messages between the page and the training worker: plain objects and transferred typed arrays only. */
import type { RunConfig } from '#core/config.ts';
import type { ImageSet } from '#core/dataset.ts';
import type { PlainError } from '#core/errors.ts';
import type { Evaluation, History, SampleView, StepRecord } from '#core/history.ts';

/** The device that trains, in words for the user. */
export interface DeviceReport {
  readonly backend: 'webgpu';
  /** Adapter description, for example `google swiftshader` or `apple metal-3`. */
  readonly name: string;
  /** True where the adapter is a CPU in disguise. */
  readonly isFallback: boolean;
  readonly maxBufferBytes: number;
  readonly maxBindingBytes: number;
}

export type RunPhase = 'idle' | 'running' | 'paused' | 'finished' | 'failed';

export interface RunStatus {
  readonly phase: RunPhase;
  /** Optimiser steps done. */
  readonly step: number;
  readonly stepsPerEpoch: number;
  /** Whole epochs done. */
  readonly epoch: number;
  readonly epochs: number;
  readonly imagesPerSecond: number | undefined;
  readonly remainingMs: number | undefined;
  /** What the worker is doing besides stepping. */
  readonly activity: 'compiling' | 'training' | 'evaluating' | undefined;
  readonly gpuBytes: number;
}

export interface RunSummary {
  readonly parameterCount: number;
  readonly stepsPerEpoch: number;
}

/** A trained run as files, tfjs layout. */
export interface ExportedRun {
  /** Text of `model.json`: topology, weights manifest, and Residua's config, history, metrics and preprocessing. */
  readonly modelJson: string;
  /** Bytes of `weights.bin`. */
  readonly weights: ArrayBuffer;
}

export interface ImportedRun {
  readonly config: RunConfig;
  readonly history: History;
  readonly summary: RunSummary;
  /** Name of the category that the run was trained on. */
  readonly categoryName: string;
}

/** Request name -> [arguments, result]. Each may reject with a `ResiduaError`. */
export interface TrainingRequests {
  /** Starts the device. Once, first. */
  initialise: [undefined, DeviceReport];
  /** Gives the decoded images; drops the run, since its batches are gone. */
  loadImages: [ImageSet, undefined];
  /** Builds model and optimiser from config and seed; drops the run before. Images must be loaded at its side. */
  configure: [RunConfig, RunSummary];
  /** Trains until paused, stopped, finished or failed; resolves at once, progress comes as events. */
  start: [undefined, undefined];
  /** Resolves once the step in flight is done. */
  pause: [undefined, undefined];
  /** One optimiser step, then evaluates the image that is shown. */
  step: [undefined, undefined];
  /** Ends the run here: evaluates and finishes. */
  stop: [undefined, undefined];
  /** Back to the initial weights of the same seed. */
  reset: [undefined, undefined];
  /** Chooses the image shown: replied to now, and again as `view` events after each evaluation. */
  view: [{ readonly index: number }, SampleView];
  /** Evaluates the test split again with other evaluation settings, without training; emits `evaluation` and `view`. */
  reevaluate: [Pick<RunConfig, 'batchNorm' | 'removeMeanResidual'>, undefined];
  /** Weights with batch-norm statistics as at evaluation, config, history. */
  exportRun: [undefined, ExportedRun];
  /** Takes a run from files; images must be loaded at its side. Evaluates the test split. */
  importRun: [ExportedRun, ImportedRun];
}

/** Event name -> payload. */
export interface TrainingEvents {
  status: RunStatus;
  /** Losses since the last such event, a few times a second. */
  steps: readonly StepRecord[];
  evaluation: Evaluation;
  view: SampleView;
  /** The run stopped by itself: non-finite loss, lost device. */
  failure: PlainError;
}

export type TrainingRequestName = keyof TrainingRequests;
export type TrainingEventName = keyof TrainingEvents;
