/** The references with the present settings, in the form that is stored with an evaluation. */
import type { ScoredBaseline } from '#core/baselines/baseline-evaluation.ts';
import type { ReferenceFigures, RunReferences } from '#core/baselines/run-references.ts';
import type { Evaluation } from '#core/history.ts';
import type { AppState } from '../app-state.ts';
import { presentDifference } from './baseline-difference.ts';

const scored = ({ scores, imageAuroc, interval }: ScoredBaseline): ScoredBaseline => ({
  scores,
  imageAuroc,
  interval,
});

/** Returns the references of an evaluation; undefined if they are unknown or have other settings. */
export const runReferences = (
  state: Pick<AppState, 'baselines' | 'dataset'>,
  evaluation: Evaluation | undefined,
): RunReferences | undefined => {
  const evaluations = state.baselines.references?.evaluations;
  const difference = presentDifference(state, evaluation);
  if (!evaluations?.defined || !difference) return undefined;
  return {
    meanImage: scored(evaluations.meanImage),
    variationModel: scored(evaluations.variationModel),
    difference,
  };
};

/** Returns only the figures, for a table that shows no scores. */
export const figuresOf = ({ meanImage, variationModel, difference }: RunReferences): ReferenceFigures => ({
  meanImage: { imageAuroc: meanImage.imageAuroc, interval: meanImage.interval },
  variationModel: { imageAuroc: variationModel.imageAuroc, interval: variationModel.interval },
  difference,
});

/**
 * Returns the references once they are computed with the evaluation's settings.
 * @returns undefined while they are being computed; an undefined `references` if that failed or the user canceled it
 */
export const settledReferences = (
  state: AppState,
  evaluation: Evaluation,
): { readonly references: RunReferences | undefined } | undefined => {
  const { underWay, statistics, stopped, error } = state.baselines;
  const references = runReferences(state, evaluation);
  if (references) return { references };
  const waits = underWay !== undefined || (statistics === undefined && !stopped && !error);
  return waits ? undefined : { references: undefined };
};
