/** What a run has shown so far: losses per step, evaluations, and one evaluated image in detail. */
import type { EvaluationSettings } from './evaluation-settings.ts';

/** A metric, or why it has no value. Never 0 or 0.5 in place of undefined. */
export type Metric =
  | { readonly defined: true; readonly value: number }
  | { readonly defined: false; readonly reason: string };

/** The loss of one optimizer step. */
export interface StepLosses {
  /** By the final weight of the run's curriculum, so that steps and runs can be compared. */
  readonly loss: number;
  /** By the weight of the step itself: the value that it minimized. Absent if it is `loss`. */
  readonly objective?: number;
}

/** One optimizer step. `step` counts from 1, `epoch` from 1. */
export interface StepRecord extends StepLosses {
  readonly step: number;
  readonly epoch: number;
}

/** One evaluation of the test split, with the settings that it was made with. */
export interface Evaluation extends EvaluationSettings {
  /** Whole epochs trained (0 before training). */
  readonly epoch: number;
  readonly step: number;
  /** Anomaly score of each test sample, in the order of the image set. */
  readonly scores: Float64Array;
  readonly imageAuroc: Metric;
  /**
   * Upper end of the color scale that all residual maps share: nine of ten test images stay below it everywhere. Not the
   * largest value, since one image that the model fails on would leave all others dark. 0 where there are no test images.
   */
  readonly residualScale: number;
  /** Share of the test residual's energy in its mean (the DC coefficient), 0 to 1. */
  readonly residualDcShare: number;
  readonly elapsedMs: number;
}

/**
 * Where in the spectrum the residual x - y of the probe lies after an epoch. The probe is a few training images, always the
 * same, reconstructed as training does it: with batch norm by the statistics of these images.
 */
export interface SpectrumRecord {
  /** Whole epochs trained. */
  readonly epoch: number;
  readonly step: number;
  /** Radial power of the residual (`radialPower`): each radius's part in the mean squared residual. */
  readonly power: Float32Array;
  /** The same of the probe's images, the same in all records of a run. */
  readonly inputPower: Float32Array;
}

/** Whether some step has minimized another loss than the one by the final weight. */
export const hasObjectives = (steps: readonly StepRecord[]): boolean =>
  steps.some(({ objective }) => objective !== undefined);

/** One step of losses that are stored as columns. */
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

export interface History {
  readonly steps: readonly StepRecord[];
  readonly evaluations: readonly Evaluation[];
  /** In the order of their steps; epochs may be missing where they are short. */
  readonly spectra: readonly SpectrumRecord[];
}

/** An evaluation whose reconstructions are kept, so that images can be looked at as they were then. */
export interface KeptEvaluation {
  /** Whole epochs trained. */
  readonly epoch: number;
  readonly step: number;
}

/** The past of a run that has none. */
export const emptyHistory: History = { steps: [], evaluations: [], spectra: [] };

/** One image with everything that the bench shows of it. Maps are row-major [S, S]; spectra are fftshifted. */
export interface SampleView {
  /** Index into the image set's samples. */
  readonly index: number;
  readonly path: string;
  readonly side: number;
  /** RGB, [S, S, 3], in [0, 1]. */
  readonly input: Float32Array;
  /** log(1 + |F|) of the input, mean of |F| over channels. */
  readonly inputSpectrum: Float32Array;
  readonly mask: Uint8Array | undefined;
  /** Undefined before there is a trained model for this image set. */
  readonly output:
    | {
        readonly epoch: number;
        readonly step: number;
        /** RGB, [S, S, 3], in [0, 1]. */
        readonly reconstruction: Float32Array;
        /** The score's map: for Eq. 9 its summand, the squared residual summed over channels, after the score's band. */
        readonly residual: Float32Array;
        /**
         * Whether that map is of the calibrated residual, in sigma^2. Where the settings ask for one and there is none, no
         * calibration belongs to this reconstruction.
         */
        readonly calibrated: boolean;
        readonly reconstructionSpectrum: Float32Array;
        /** log(1 + |F - F^|), mean over channels. */
        readonly differenceSpectrum: Float32Array;
        readonly score: number;
        readonly residualDcShare: number;
      }
    | undefined;
}
