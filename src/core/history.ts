/** The progress of a run so far: losses per step, evaluations, and one evaluated image in detail. */
import type { Tile } from './dataset.ts';
import type { EvaluationSettings } from './evaluation-settings.ts';
import type { RunChange } from './run-change.ts';

/** A metric, or the reason that it is undefined. Never 0 or 0.5 in place of undefined. */
export type Metric =
  | { readonly defined: true; readonly value: number }
  | { readonly defined: false; readonly reason: string };

/** The loss of one optimizer step. */
export interface StepLosses {
  /** The value with the final weight of the run's curriculum, which makes steps and runs comparable. */
  readonly loss: number;
  /** The minimized value, with the weight of the step itself. Absent if equal to `loss`. */
  readonly objective?: number;
}

/** One optimizer step. `step` and `epoch` count from 1. */
export interface StepRecord extends StepLosses {
  readonly step: number;
  readonly epoch: number;
}

/** One evaluation of the test split, with its settings. */
export interface Evaluation extends EvaluationSettings {
  /** Whole epochs trained (0 before training). */
  readonly epoch: number;
  readonly step: number;
  /** Anomaly score of each test sample, in the order of the image set. */
  readonly scores: Float64Array;
  readonly imageAuroc: Metric;
  /**
   * Upper end of the color scale that all residual maps share: nine of ten test images stay below it everywhere. It is not
   * the maximum, because a single failed image would leave all others dark. 0 if there are no test images.
   */
  readonly residualScale: number;
  /** Fraction of the test residual's energy in its mean (the DC coefficient), 0 to 1. */
  readonly residualDcShare: number;
  readonly elapsedMs: number;
}

/**
 * The spectrum of the probe's residual x - y after an epoch. The probe is a fixed set of a few training images,
 * reconstructed as in training: batch norm uses the statistics of these images.
 */
export interface SpectrumRecord {
  /** Whole epochs trained. */
  readonly epoch: number;
  readonly step: number;
  /** Radial power of the residual (`radialPower`): each radius's contribution to the mean squared residual. */
  readonly power: Float32Array;
  /** Radial power of the probe's images; the same in all records of a run. */
  readonly inputPower: Float32Array;
}

/** Whether any step minimized a loss with a weight other than the final one. */
export const hasObjectives = (steps: readonly StepRecord[]): boolean =>
  steps.some(({ objective }) => objective !== undefined);

/** Returns one step of losses that are stored as columns. */
export const stepRecord = (
  columns: Readonly<Record<'step' | 'epoch' | 'loss', ArrayLike<number>>> & {
    readonly objective?: ArrayLike<number> | undefined;
  },
  index: number,
): StepRecord => {
  const loss = columns.loss[index]!;
  const objective = columns.objective?.[index] ?? loss;
  const record = { step: columns.step[index]!, epoch: columns.epoch[index]!, loss };
  return objective === loss ? record : { ...record, objective };
};

export interface History<Steps = readonly StepRecord[]> {
  readonly steps: Steps;
  readonly evaluations: readonly Evaluation[];
  /** Ordered by step. Short epochs may be missing. */
  readonly spectra: readonly SpectrumRecord[];
  /** Settings that changed during the run, ordered by step. Absent if none did. */
  readonly changes?: readonly RunChange[] | undefined;
}

/** An evaluation whose reconstructions are held, to show images as they were at that time. */
export interface PastEvaluation {
  /** Whole epochs trained. */
  readonly epoch: number;
  readonly step: number;
}

/** The tiles of an image together. */
export interface StitchedOutput {
  /** The score of each tile; the largest is that of the image. */
  readonly scores: readonly number[];
  /** The maps of the tiles, with their mean where they overlap, [height, width] row-major. */
  readonly map: Float32Array;
  /** In pixels; the shorter side is S. */
  readonly width: number;
  readonly height: number;
}

/** One image with everything that the bench shows about it. Maps are row-major [S, S]; spectra are fftshifted. */
export interface SampleView {
  /** Index among the images. */
  readonly index: number;
  /** The place of the shown picture, if its image is cut into tiles. */
  readonly tile?: Tile;
  readonly path: string;
  readonly side: number;
  /** RGB, [S, S, 3], in [0, 1]. */
  readonly input: Float32Array;
  /** log(1 + |F|) of the input, mean of |F| over channels. */
  readonly inputSpectrum: Float32Array;
  /** Radial power of the input (`radialPower`), from radius 0 to the corner. */
  readonly inputPower: Float32Array;
  readonly mask: Uint8Array | undefined;
  /** Undefined until a trained model for this image set exists. */
  readonly output:
    | {
        readonly epoch: number;
        readonly step: number;
        /** RGB, [S, S, 3], in [0, 1]. */
        readonly reconstruction: Float32Array;
        /** The score's map after the score's band: for Eq. 9, its summand, the squared residual summed over channels. */
        readonly residual: Float32Array;
        /**
         * Whether that map shows the calibrated residual, in sigma^2. False despite the settings means that this reconstruction
         * has no calibration.
         */
        readonly calibrated: boolean;
        readonly reconstructionSpectrum: Float32Array;
        /** log(1 + |F - F^|), mean over channels. */
        readonly differenceSpectrum: Float32Array;
        /** Radial power of the raw residual x - y, whatever the score. Its sum is the mean squared residual. */
        readonly residualPower: Float32Array;
        /** Of this picture. */
        readonly score: number;
        readonly residualDcShare: number;
        /** All tiles together, if the image is cut into tiles. */
        readonly stitched?: StitchedOutput;
      }
    | undefined;
}
