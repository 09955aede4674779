/** The threshold policy, and the gallery's filter by outcome. */

import type { SampleInfo } from '#core/dataset.ts';
import type { PlainError } from '#core/errors.ts';
import type { EvaluationSettings } from '#core/evaluation-settings.ts';
import type { Evaluation } from '#core/history.ts';
import type { ThresholdPolicy } from '#core/metrics/threshold.ts';
import type { ThresholdRecord } from '#core/metrics/threshold-record.ts';
import type { ShareDone } from '#core/share-clock.ts';
import type { Outcome } from './outcome.ts';

/** Scores of the held-out or good training images, with the weights, score and batch norm of an evaluation. */
export type GoodTrainingScores =
  | { readonly phase: 'none' }
  /** `progress` is undefined if the work is short. */
  | {
      readonly phase: 'computing';
      readonly evaluation: Evaluation;
      readonly progress: ShareDone | undefined;
    }
  | {
      readonly phase: 'ready';
      readonly evaluation: Evaluation;
      /** Whether the images are held out; otherwise they are trained on. */
      readonly heldOut: boolean;
      /** Indices of the images. */
      readonly indices: readonly number[];
      readonly scores: Float64Array;
    }
  | { readonly phase: 'failed'; readonly evaluation: Evaluation; readonly error: PlainError };

/** The filter of the gallery's images; undefined shows all. */
export interface GalleryFilter {
  readonly defectType: string | undefined;
  readonly outcome: Outcome | undefined;
}

export interface DecisionState {
  readonly policy: ThresholdPolicy;
  /** Whether the user chose the policy; otherwise it is the default for the loaded images. */
  readonly policyChosen: boolean;
  /** The last chosen quantile, 0 to 1. The quantile policy starts from it when it is chosen again. */
  readonly quantile: number;
  /** A message about an automatic change of the policy; undefined if there was none. */
  readonly note: string | undefined;
  readonly filter: GalleryFilter;
  readonly goodTrainingScores: GoodTrainingScores;
}

/** How the images of a run were judged, as it is stored with the run. */
export interface RetainedDecision {
  /** Settings of the evaluation that was judged. */
  readonly settings: EvaluationSettings;
  readonly policy: ThresholdPolicy;
  /** Whether the user chose the policy. */
  readonly policyChosen: boolean;
  /** The threshold; undefined if none was known. */
  readonly threshold: ThresholdRecord | undefined;
}

/** Shows every image. */
export const noFilter: GalleryFilter = { defectType: undefined, outcome: undefined };

/** Whether F1-max can be fitted: it needs anomalous test images. */
export const canFitF1 = (samples: readonly SampleInfo[]): boolean =>
  samples.some(({ split, anomalous }) => split === 'test' && anomalous);

/**
 * Returns the default policy: the quantile of good images, as on a production line, which has no labeled anomalies. Without
 * good training images, which it needs, the default is F1-max if that can be fitted.
 */
export const defaultPolicy = (samples: readonly SampleInfo[], quantile: number): ThresholdPolicy =>
  samples.some(({ split, anomalous }) => split === 'train' && !anomalous) || !canFitF1(samples)
    ? { kind: 'good-quantile', quantile }
    : { kind: 'f1-maximum' };

/** The state before anything is loaded. */
export const initialDecision: DecisionState = {
  policy: { kind: 'good-quantile', quantile: 0.95 },
  policyChosen: false,
  quantile: 0.95,
  note: undefined,
  filter: noFilter,
  goodTrainingScores: { phase: 'none' },
};
