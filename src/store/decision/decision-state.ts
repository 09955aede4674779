/** Where the scores are cut, and which of the images that the cut sorts the gallery shows. */
import type { PlainError } from '#core/errors.ts';
import type { Evaluation } from '#core/history.ts';
import type { ThresholdPolicy } from '#core/metrics/threshold.ts';
import type { Outcome } from './outcome.ts';

/** Scores of the good training images by the same weights, score and batch norm as an evaluation's. */
export type GoodTrainingScores =
  | { readonly phase: 'none' }
  | { readonly phase: 'computing' }
  | { readonly phase: 'ready'; readonly evaluation: Evaluation; readonly scores: Float64Array }
  | { readonly phase: 'failed'; readonly error: PlainError };

/** Which test images the gallery shows; undefined: all. */
export interface GalleryFilter {
  readonly defectType: string | undefined;
  readonly outcome: Outcome | undefined;
}

export interface DecisionState {
  readonly policy: ThresholdPolicy;
  readonly filter: GalleryFilter;
  readonly goodTrainingScores: GoodTrainingScores;
}

/** Shows every image. */
export const noFilter: GalleryFilter = { defectType: undefined, outcome: undefined };

/** The state before anything is evaluated: the threshold of F1-max, as the field reports it. */
export const initialDecision: DecisionState = {
  policy: { kind: 'f1-maximum' },
  filter: noFilter,
  goodTrainingScores: { phase: 'none' },
};
