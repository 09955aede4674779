/** The typed messages between the page and the training worker: plain objects and transferred typed arrays only. */

import type { ImageMap } from '#core/anomaly-maps/stitch.ts';
import type { BundlePart } from '#core/bundle/zip-parts.ts';
import type { LeftOverImages } from '#core/calibration/left-over.ts';
import type { CheckpointInfo } from '#core/checkpoint/checkpoint.ts';
import type { RunConfig } from '#core/config.ts';
import type { ImageSet } from '#core/dataset.ts';
import type { DeviceChoice, DeviceReport } from '#core/device.ts';
import type { EvaluationSettings } from '#core/evaluation-settings.ts';
import type { RunTimes } from '#core/evaluation-work.ts';
import type { ExportedRun } from '#core/exported-run.ts';
import type { Evaluation, History, PastEvaluation, SampleView } from '#core/history.ts';
import type { ScoredMap } from '#core/metrics/pixel-ranking.ts';
import type { ThresholdRecord } from '#core/metrics/threshold-record.ts';
import type { PresetName } from '#core/presets.ts';
import type { ChangeableValues, RunChange } from '#core/run-change.ts';
import type { RunInOneFile } from '#core/run-in-one-file.ts';
import type { LowCutPoint } from '#core/scores/low-cut-curve.ts';
import type { PoolingPoint } from '#core/scores/pooling-curve.ts';
import type { HeldReconstructions, RetainedReconstructions } from '#core/spectrum/test-spectra.ts';
import type { ShownPlace } from '#core/tiles.ts';
import type { TimedPresetName, TimedSizes } from '#core/timed-presets.ts';
import type { RunPhase, RunStatus, TrainingEvents } from '#core/training-events.ts';
import type { HoldOut } from '#core/training-split.ts';

export type { ExportedRun, RunPhase, RunStatus, TrainingEvents };

export interface RunSummary {
  readonly parameterCount: number;
  readonly stepsPerEpoch: number;
  /** Images that pass through the model at once: what batch norm sees. */
  readonly microBatch: number;
}

/** The resources that a run will need, estimated before it starts. */
export interface RunEstimate extends RunTimes {
  /** Milliseconds of the whole runs, with their evaluations; undefined while the pace is unknown. */
  readonly totalMs: number | undefined;
  /** Images in a batch: the config's batch size, or all training images if they are fewer. */
  readonly batch: number;
  /** Images that pass through the model at once. */
  readonly microBatch: number;
  /** Bytes on the device at the peak. */
  readonly memoryBytes: number;
  /** The source of that pace: a timed convolution, or a run; undefined while the pace is unknown. */
  readonly paceSource: 'convolution' | 'training' | undefined;
}

/** Presets for the pace of the device and the loaded images. */
export interface TimedPresets {
  /** What each preset by time chooses. */
  readonly sizes: Readonly<Record<TimedPresetName, TimedSizes>>;
  /** Milliseconds that a run of each preset takes. */
  readonly totalMs: Readonly<Record<PresetName, number>>;
}

/** The facts that the page needs about a run before it imports the run: the framing of the images that its model sees. */
export type OpenedRun = Pick<RunConfig, 'side' | 'fit'>;

export interface ImportedRun {
  readonly config: RunConfig;
  readonly history: History;
  readonly summary: RunSummary;
  /** Name of the category that the run was trained on. */
  readonly categoryName: string;
  readonly status: RunStatus;
  /** The past evaluations, as in the event `kept`. */
  readonly kept: readonly PastEvaluation[];
  /** Why its past epochs were left out, in a sentence; undefined if it has none, or they were adopted. */
  readonly pastLeftOut: string | undefined;
}

/** A checkpoint of one contestant. */
export interface CheckpointFile {
  readonly info: CheckpointInfo;
  /** The file's bytes; see `writeCheckpoint`. */
  readonly bytes: ArrayBuffer;
}

/** A run that goes on from a checkpoint. Its past evaluations include the last one, which was made again. */
export interface ResumedRun extends ImportedRun {
  /** Whether this device is of the kind that wrote the checkpoint. Others differ in the last bits of their numbers. */
  readonly sameDevice: boolean;
  /** Whether the repeated evaluation has the scores of the history, bit for bit; undefined if nothing was evaluated yet. */
  readonly reproduced: boolean | undefined;
}

/** |F(u, v)|, with F as in Eq. 2: the mean over all trained images and their channels. */
export interface MeanSpectrum {
  /** Side S of the images in pixels. */
  readonly side: number;
  /** [S, S] row-major, unshifted: the zero frequency is at index 0. */
  readonly magnitude: Float32Array;
}

/** The test images scored in one way. */
export interface ScoredWay extends EvaluationSettings {
  /** One score per test image. */
  readonly scores: Float64Array;
}

/** The maps of all test images by the score of the last evaluation. */
export interface ScoredMaps {
  readonly side: number;
  readonly images: readonly ScoredMap[];
}

/** The statistics of the residual of good training images at the last evaluation. */
export interface LeftOver extends LeftOverImages {
  /** Side S of the images in pixels. */
  readonly side: number;
  /** Number of trained good images. The statistics are learned from `images` of them, evenly spaced. */
  readonly goodImages: number;
}

/** The wanted parts of a bundle. */
export interface BundleRequest {
  /** Parts that the page writes, by their names. */
  readonly texts: ReadonlyMap<string, string>;
  readonly threshold: ThresholdRecord | undefined;
  /** Whether the past epochs are wanted. */
  readonly past: boolean;
  /** `dataFingerprint` of the images; undefined if unknown. */
  readonly dataFingerprint: string | undefined;
  /** Test images for the bundle: index into the samples, and the bytes of the file if it is one. */
  readonly examples: readonly {
    readonly index: number;
    readonly file: Uint8Array<ArrayBuffer> | undefined;
  }[];
  /** The name of the .zip; undefined for separate parts. */
  readonly zipName: string | undefined;
}

/** Scores of images outside the loaded ones, in their order. */
export interface NewImageScores {
  readonly scores: Float64Array<ArrayBuffer>;
  readonly maps: readonly ImageMap[];
  /** Step of the evaluation whose weights and settings were used. */
  readonly step: number;
}

/** Scores of good images outside the test set, made with the weights and settings of an evaluation. */
export interface GoodTrainingScores extends EvaluationSettings {
  /** Step of that evaluation. */
  readonly step: number;
  /** Whether the images are the held-out ones. If the run holds none out, they are the good images that it trains on. */
  readonly heldOut: boolean;
  /** The scored images, ascending indices into the image set. */
  readonly indices: readonly number[];
  /** One score for each index. */
  readonly scores: Float64Array;
}

/**
 * Request name -> [arguments, result]. Each may reject with a `ResiduaError`. Long requests report their progress to
 * the caller and can be canceled (`RequestCall`). A canceled request rejects with `cancelled` and changes nothing.
 */
export interface TrainingRequests {
  /** Starts a device. Send it before all other requests, and again to change the device, which drops the run. */
  openDevice: [{ readonly choice: DeviceChoice }, DeviceReport];
  /** Answers as soon as the worker handles messages. */
  alive: [undefined, undefined];
  /** The resources that a run of this config on the loaded images would need; rejects if it does not fit the device. */
  estimate: [RunConfig, RunEstimate];
  /** The same for a race of runs, the present run first: the memory and the time of all together. */
  estimateRace: [readonly RunConfig[], RunEstimate];
  /** The same for images that are not loaded, given their number in each split. */
  estimateFor: [{ readonly config: RunConfig; readonly train: number; readonly test: number }, RunEstimate];
  /** The presets by time for the loaded images; undefined while the device's pace is unknown. */
  timedPresets: [undefined, TimedPresets | undefined];
  /** Passes the decoded images to the worker; drops the run, because its images are gone. */
  loadImages: [ImageSet, undefined];
  /** A copy of the loaded images, or the same shared memory; undefined if there are none. */
  copyImages: [undefined, ImageSet | undefined];
  /** The mean spectrum of the images that a run with this hold-out trains on; cached for the images. May take long. */
  meanSpectrum: [HoldOut, MeanSpectrum];
  /** Builds model and optimizer from config and seed; drops the previous run. Images must be loaded at the config's side. */
  configure: [RunConfig, RunSummary];
  /**
   * The same for a race: the first config is that of the present run, the others are those of its rivals. All requests below
   * that train, pause, evaluate or show act on all contestants; the others concern the present run.
   */
  configureRace: [readonly RunConfig[], readonly RunSummary[]];
  /** Trains until paused, stopped, finished or failed. Resolves at once; events report the progress. */
  start: [undefined, undefined];
  /** Pauses training; resolves when the current step is done. */
  pause: [undefined, undefined];
  /** Takes one optimizer step, then evaluates the shown image. */
  step: [undefined, undefined];
  /** Ends the run here: evaluates and finishes. */
  stop: [undefined, undefined];
  /** The same for a finished run with steps left: it was stopped, or `changeRun` gave it more epochs. */
  trainOn: [undefined, undefined];
  /**
   * Changes settings of the run between two steps, and pauses it if it trains. The result is all changes of the run so far.
   * Rejects for fewer epochs than the run has reached, for a run from files (which has no optimizer state), and if the run no
   * longer fits the device.
   */
  changeRun: [ChangeableValues, readonly RunChange[]];
  /** Returns to the initial weights of the same seed. */
  reset: [undefined, undefined];
  /** Chooses the shown image. The reply is its view now; a `view` event follows after each evaluation. */
  view: [ShownPlace, SampleView];
  /**
   * Chooses the shown image as of a past evaluation, scored by the present settings. Until the next `view`, `view` events
   * also show that evaluation. Undefined if the worker does not hold it; it never holds training images.
   */
  viewPast: [ShownPlace & { readonly step: number }, SampleView | undefined];
  /**
   * The test reconstructions of an evaluation, for `testSpectra` of the baselines worker; undefined if they are not held.
   * The present run is contestant 0.
   */
  reconstructionsAt: [
    { readonly contestant: number; readonly step: number },
    HeldReconstructions | undefined,
  ];
  /**
   * Reconstructs one image with the weights of another run, and scores it by the given settings, or else by that run's. The
   * present run does not change. The last few such runs stay on the device under their keys. With `epoch`, the image is shown
   * as the run reconstructed it at its held evaluation nearest to that epoch. Undefined if no run has this key, or its past
   * epochs are needed and unknown, and no files are given: repeat the request with the files, with `past` if there is any.
   * Images must be loaded at that run's side.
   */
  viewWith: [
    ShownPlace & {
      readonly key: string;
      readonly files: ExportedRun | undefined;
      readonly settings?: EvaluationSettings | undefined;
      readonly epoch?: number | undefined;
    },
    SampleView | undefined,
  ];
  /**
   * The test reconstructions of another run, for `testSpectra` of the baselines worker: at its held evaluation nearest to the
   * epoch, or by its last weights. Key and files as in `viewWith`. May take long without a held evaluation.
   */
  reconstructionsWith: [
    {
      readonly key: string;
      readonly files: ExportedRun | undefined;
      readonly epoch: number | undefined;
      /** Steps whose reconstructions are not needed again. */
      readonly knownSteps: readonly number[];
    },
    RetainedReconstructions | undefined,
  ];
  /**
   * Evaluates the loaded test split with the weights of another run, by the given settings. The present run does not change
   * and pauses in the meantime. The result has the batch-norm mode that was used: `batchNormOf` says which. Images must be
   * loaded at that run's side. May take long.
   */
  evaluateWith: [{ readonly files: ExportedRun; readonly settings: EvaluationSettings }, Evaluation];
  /**
   * Evaluates the test split again with other evaluation settings, without training; emits `evaluation` and
   * `view`. May take long; the status reports the progress.
   */
  reevaluate: [EvaluationSettings, undefined];
  /** Image AUROC of the last evaluation, by its score, at each of these low cut-offs of the band. May take long. */
  lowCutCurve: [{ readonly cutoffs: readonly number[] }, readonly LowCutPoint[]];
  /**
   * Image AUROC of the last evaluation, by its score, with each of a few poolings of the calibration. Rejects if that score
   * does not use a calibrated residual. May take long.
   */
  poolingCurve: [undefined, readonly PoolingPoint[]];
  /** The residual statistics that the last evaluation learned; undefined if its score is not calibrated. */
  leftOver: [undefined, LeftOver | undefined];
  /**
   * Scores the last evaluation in other ways, without those that need other reconstructions or another calibration. Rejects
   * if nothing is evaluated. May take long.
   */
  scoreWays: [{ readonly ways: readonly EvaluationSettings[] }, readonly ScoredWay[]];
  /**
   * Scores a past evaluation by the settings of the last one. Undefined if that needs other reconstructions or another
   * calibration. Rejects if nothing is evaluated. May take long.
   */
  rescorePast: [{ readonly step: number }, Evaluation | undefined];
  /** The maps of the last evaluation by its score; rejects if nothing is evaluated. May take long. */
  scoredMaps: [undefined, ScoredMaps];
  /**
   * Scores the held-out images (or the good training images if none are held out) in the same way as the last evaluation
   * scored the test images. Rejects if nothing is evaluated, and with `cancelled` if training resumes. May take long.
   */
  goodTrainingScores: [undefined, GoodTrainingScores];
  /**
   * Scores images that are not loaded like the last evaluation, with their maps. Rejects if nothing is evaluated, at another side
   * than the run's, and with `cancelled` if training resumes. May take long.
   */
  scoreImages: [ImageSet, NewImageScores];
  /**
   * Exports config, history, the given threshold, and weights with the batch-norm statistics of evaluation; with `past` also
   * the past epochs, if there are at least two and they fit. May take long if those statistics are not computed yet.
   */
  exportRun: [{ readonly threshold: ThresholdRecord | undefined; readonly past: boolean }, ExportedRun];
  /**
   * Exports the last evaluation as the parts of a bundle, or as one .zip of them: `texts`, and the weights, settings and history
   * up to that evaluation. Rejects if nothing is evaluated, and with `cancelled` if training resumes. May take long.
   */
  exportBundle: [BundleRequest, readonly BundlePart[]];
  /** As `exportRun` for a rival, by its place in the race: 1 or 2. */
  exportRival: [{ readonly place: number; readonly past: boolean }, ExportedRun];
  /** Parses the files of a run for `importRun`; the present run does not change. */
  openRun: [ExportedRun | RunInOneFile, OpenedRun];
  /**
   * Imports the run that was opened last and evaluates it; the present run stays until then. May take long.
   * If the loaded images have another side, `images` replace them.
   */
  importRun: [{ readonly images: ImageSet | undefined }, ImportedRun];
  /**
   * The same for a race: with the opened run, its rivals are imported, and all are evaluated by the settings of the opened run.
   * The result has the opened run first.
   */
  importRace: [
    { readonly images: ImageSet | undefined; readonly rivals: readonly ExportedRun[] },
    readonly ImportedRun[],
  ];
  /**
   * Makes a checkpoint of each contestant at its next boundary between two steps, the present run's first; with `past` they
   * contain the past epochs. Training goes on, with the same bits. Rejects if a contestant has no step yet, has failed or came
   * from files, and with `cancelled` if the run ends first. An evaluation in progress comes first.
   */
  checkpoint: [{ readonly past: boolean }, readonly CheckpointFile[]];
  /** Parses the checkpoints of a run, or of a race in order, for `resumeRun`; the present run does not change. */
  openCheckpoint: [readonly ArrayBuffer[], readonly CheckpointInfo[]];
  /**
   * Replaces the present run by the one that was opened last, paused where it was, or finished if it was. `start` trains on: on
   * the same kind of device the run ends with the bits of one that was never interrupted. Rejects with `other-images` if the
   * images are not its own; the present run then stays. If the loaded images have another side, `images` replace them.
   * `mostAtOnce` bounds the images that pass through the model at once; the setting `microBatch` then is this bound. May take
   * long, because the last evaluation is made again.
   */
  resumeRun: [{ readonly images: ImageSet | undefined; readonly mostAtOnce?: number }, readonly ResumedRun[]];
}

export type TrainingRequestName = keyof TrainingRequests;
export type TrainingEventName = keyof TrainingEvents;
