/** Where the scores are cut, and which of the images that the cut sorts the gallery shows. */

import type { SampleInfo } from '#core/dataset.ts';
import type { PlainError } from '#core/errors.ts';
import type { Evaluation } from '#core/history.ts';
import type { ThresholdPolicy } from '#core/metrics/threshold.ts';
import type { ShareDone } from '#core/share-clock.ts';
import type { Outcome } from './outcome.ts';

/** Scores of the held-out or good training images by the same weights, score and batch norm as an evaluation's. */
export type GoodTrainingScores =
  | { readonly phase: 'none' }
  /** `progress` is undefined where it is short. */
  | {
      readonly phase: 'computing';
      readonly evaluation: Evaluation;
      readonly progress: ShareDone | undefined;
    }
  | {
      readonly phase: 'ready';
      readonly evaluation: Evaluation;
      /** Whether the images are held out; else they are trained on. */
      readonly heldOut: boolean;
      /** Indices of the images. */
      readonly indices: readonly number[];
      readonly scores: Float64Array;
    }
  | { readonly phase: 'failed'; readonly evaluation: Evaluation; readonly error: PlainError };

/** Which of its images the gallery shows; undefined: all. */
export interface GalleryFilter {
  readonly defectType: string | undefined;
  readonly outcome: Outcome | undefined;
}

export interface DecisionState {
  readonly policy: ThresholdPolicy;
  /** Whether the user has chosen it; else it is the default for the loaded images. */
  readonly policyChosen: boolean;
  /** The quantile that was last chosen, 0 to 1: what the policy takes up when it is chosen again. */
  readonly quantile: number;
  /** What became of the policy by itself, for the user to read; undefined where nothing did. */
  readonly note: string | undefined;
  readonly filter: GalleryFilter;
  readonly goodTrainingScores: GoodTrainingScores;
}

/** Shows every image. */
export const noFilter: GalleryFilter = { defectType: undefined, outcome: undefined };

/**
 * The policy where the user has chosen none: F1-max, as the field reports it; without anomalous test images the quantile of
 * good images, which needs none.
 */
export const defaultPolicy = (samples: readonly SampleInfo[], quantile: number): ThresholdPolicy =>
  samples.some(({ split, anomalous }) => split === 'test' && anomalous)
    ? { kind: 'f1-maximum' }
    : { kind: 'good-quantile', quantile };

/** The state before anything is loaded. */
export const initialDecision: DecisionState = {
  policy: { kind: 'f1-maximum' },
  policyChosen: false,
  quantile: 0.95,
  note: undefined,
  filter: noFilter,
  goodTrainingScores: { phase: 'none' },
};
