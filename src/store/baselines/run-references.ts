/** The references of the present settings as they are kept beside an evaluation of the run. */
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

/** Undefined where the references are not those of the evaluation's settings, or there are none. */
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

/** The figures alone, for a table that is kept without scores. */
export const figuresOf = ({ meanImage, variationModel, difference }: RunReferences): ReferenceFigures => ({
  meanImage: { imageAuroc: meanImage.imageAuroc, interval: meanImage.interval },
  variationModel: { imageAuroc: variationModel.imageAuroc, interval: variationModel.interval },
  difference,
});

/**
 * The references once they have caught up with the settings; undefined where the state says that they will not: they failed,
 * or the user cancelled them.
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
