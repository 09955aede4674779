/** The typed messages between the page and the training worker: plain objects and transferred typed arrays only. */
import type { LeftOverImages } from '#core/calibration/left-over.ts';
import type { RunConfig } from '#core/config.ts';
import type { ImageSet } from '#core/dataset.ts';
import type { DeviceChoice, DeviceReport } from '#core/device.ts';
import type { EvaluationSettings } from '#core/evaluation-settings.ts';
import type { ExportedRun } from '#core/exported-run.ts';
import type { History, PastEvaluation, SampleView } from '#core/history.ts';
import type { ScoredMap } from '#core/metrics/pixel-ranking.ts';
import type { ThresholdRecord } from '#core/metrics/threshold-record.ts';
import type { LowCutPoint } from '#core/scores/low-cut-curve.ts';
import type { PoolingPoint } from '#core/scores/pooling-curve.ts';
import type { RunPhase, RunStatus, TrainingEvents } from '#core/training-events.ts';
import type { HoldOut } from '#core/training-split.ts';

export type { ExportedRun, RunPhase, RunStatus, TrainingEvents };

export interface RunSummary {
  readonly parameterCount: number;
  readonly stepsPerEpoch: number;
  /** Images that pass through the model at once: what batch norm sees. */
  readonly microBatch: number;
}

/** What a run will take, before it starts. */
export interface RunEstimate {
  /** Images of a batch: the config's, or all training images where they are fewer. */
  readonly batch: number;
  /** Images that pass through the model at once. */
  readonly microBatch: number;
  /** Bytes on the device at the peak. */
  readonly memoryBytes: number;
  /** Milliseconds of an epoch without evaluations; undefined where the device's pace is not known yet. */
  readonly epochMs: number | undefined;
  /** What that pace was learned from: a convolution that was timed, or a run; undefined where it is not known yet. */
  readonly paceSource: 'convolution' | 'training' | undefined;
}

/** The facts that the page needs of a run before it is imported. */
export interface OpenedRun {
  /** Side of the images on which it works. */
  readonly side: RunConfig['side'];
}

export interface ImportedRun {
  readonly config: RunConfig;
  readonly history: History;
  readonly summary: RunSummary;
  /** Name of the category that the run was trained on. */
  readonly categoryName: string;
  readonly status: RunStatus;
  /** As in the event `kept`. */
  readonly kept: readonly PastEvaluation[];
}

/** Mean over the images that are trained on and their channels of |F(u, v)|, F as in Eq. 2. */
export interface MeanSpectrum {
  /** Side S of the images in pixels. */
  readonly side: number;
  /** [S, S] row-major, unshifted: the zero frequency is at index 0. */
  readonly magnitude: Float32Array;
}

/** The score's maps of all test images, of the last evaluation. */
export interface ScoredMaps {
  readonly side: number;
  readonly images: readonly ScoredMap[];
}

/** What good training images leave over, by the last evaluation. */
export interface LeftOver extends LeftOverImages {
  /** Side S of the images in pixels. */
  readonly side: number;
  /** Good images among those that are trained on; `images` of them, evenly spaced, are learned from. */
  readonly goodImages: number;
}

/** Scores of good images outside the test set, with the evaluation whose weights and settings they were made with. */
export interface GoodTrainingScores extends EvaluationSettings {
  /** Step of that evaluation. */
  readonly step: number;
  /** Whether these are the held-out images; else the run holds none out, and they are the good images it trains on. */
  readonly heldOut: boolean;
  /** The scored images, ascending indices into the image set. */
  readonly indices: readonly number[];
  /** One score for each of them. */
  readonly scores: Float64Array;
}

/**
 * Request name -> [arguments, result]. Each may reject with a `ResiduaError`. What may take long tells its progress to its
 * caller and can be called off (`RequestCall`): it rejects with `cancelled` then, and everything is as it was before.
 */
export interface TrainingRequests {
  /** Starts a device: first of all, and again to change it, which drops the run. */
  openDevice: [{ readonly choice: DeviceChoice }, DeviceReport];
  /** What a run of this config on the loaded images would take; rejects where it does not fit the device. */
  estimate: [RunConfig, RunEstimate];
  /** The same for images that are not there: so many of each split. */
  estimateFor: [{ readonly config: RunConfig; readonly train: number; readonly test: number }, RunEstimate];
  /** Gives the decoded images; drops the run, since its batches are gone. */
  loadImages: [ImageSet, undefined];
  /** The mean spectrum of the images that such a run trains on; computed once for the images. May take long. */
  meanSpectrum: [HoldOut, MeanSpectrum];
  /** Builds model and optimizer from config and seed; drops the run before. Images must be loaded at its side. */
  configure: [RunConfig, RunSummary];
  /** Trains until paused, stopped, finished or failed; resolves at once, progress comes as events. */
  start: [undefined, undefined];
  /** Resolves once the step in flight is done. */
  pause: [undefined, undefined];
  /** One optimizer step, then evaluates the image that is shown. */
  step: [undefined, undefined];
  /** Ends the run here: evaluates and finishes. */
  stop: [undefined, undefined];
  /** Back to the initial weights of the same seed. */
  reset: [undefined, undefined];
  /** Chooses the image shown: replied to now, and again as `view` events after each evaluation. */
  view: [{ readonly index: number }, SampleView];
  /**
   * Chooses the image shown as it was at a kept evaluation, scored by the present settings; `view` events are of that
   * evaluation too, until the next `view`. Undefined where it is not kept: of training images nothing is.
   */
  viewPast: [{ readonly index: number; readonly step: number }, SampleView | undefined];
  /**
   * One image as the weights of another run reconstruct it, scored by that run's own settings; the run that exists is not
   * disturbed. The last few such runs stay on the device under their keys. Undefined where none of them has this key and
   * no files came along: ask again with them. Images must be loaded at that run's side.
   */
  viewWith: [
    { readonly key: string; readonly files: ExportedRun | undefined; readonly index: number },
    SampleView | undefined,
  ];
  /**
   * Evaluates the test split again with other evaluation settings, without training; emits `evaluation` and `view`. May take
   * long, which the status tells.
   */
  reevaluate: [EvaluationSettings, undefined];
  /** Image AUROC of the last evaluation's reconstructions against the low cut-off of the band, by its score. May take long. */
  lowCutCurve: [{ readonly cutoffs: readonly number[] }, readonly LowCutPoint[]];
  /**
   * Image AUROC of the last evaluation's reconstructions with each of a few poolings of the calibration, by its score; rejects
   * where that is not of a calibrated residual. May take long.
   */
  poolingCurve: [undefined, readonly PoolingPoint[]];
  /** What the last evaluation learned of good training images; undefined where its score is not calibrated. */
  leftOver: [undefined, LeftOver | undefined];
  /** The maps of the last evaluation by its score; rejects where nothing is evaluated. May take long. */
  scoredMaps: [undefined, ScoredMaps];
  /**
   * Scores the held-out images, or the good training images where none are held out, as the last evaluation did the test images; rejects where nothing is evaluated. May take
   * long, and ends with `cancelled` where training goes on.
   */
  goodTrainingScores: [undefined, GoodTrainingScores];
  /** Weights with batch-norm statistics as at evaluation, config, history, and the threshold that is given. May take long where these are not there yet. */
  exportRun: [ThresholdRecord | undefined, ExportedRun];
  /** Parses the files of a run for `importRun`; the present run stays as it is. */
  openRun: [ExportedRun, OpenedRun];
  /**
   * Imports the run that was opened last and evaluates it; the run before stays until that is done. May take long.
   * If the loaded images have another side, `images` come along and replace them.
   */
  importRun: [{ readonly images: ImageSet | undefined }, ImportedRun];
}

export type TrainingRequestName = keyof TrainingRequests;
export type TrainingEventName = keyof TrainingEvents;
