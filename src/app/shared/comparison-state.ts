/** The state of the comparison, outside React: it survives a change of the page. */

import { createStore } from 'zustand/vanilla';
import { isSameFraming } from '#core/fit.ts';
import type { EvaluatedImages, RetainedRun } from '#store/runs/retained-run.ts';

export interface ComparisonState {
  /** Ids of the retained runs with a row; until the user chooses, undefined, which means `runsOfOtherLosses`. */
  readonly chosen: readonly string[] | undefined;
  /** The epoch that all rows show, each at its nearest evaluation; undefined for their latest ones. */
  readonly epoch: number | undefined;
  /** Whether each residual has its own color scale. */
  readonly ownResidualScales: boolean;
}

/** The most retained runs with a row beside the present run. */
export const mostRetainedRows = 4;

export const comparison = createStore<ComparisonState>()(() => ({
  chosen: undefined,
  epoch: undefined,
  ownResidualScales: false,
}));

/** Whether a run was trained on the loaded images: their category with their framing. */
export const fitsImages = (
  { categoryName, config }: RetainedRun,
  images: Pick<EvaluatedImages, 'category' | 'side' | 'fit'> | undefined,
): boolean => categoryName === images?.category && isSameFraming(config, images);

/** The newest retained run of each loss but the present run's, as in Figs. 4 and 5 of the paper; only of the loaded images. */
export const runsOfOtherLosses = (
  retained: readonly RetainedRun[],
  presentLoss: RetainedRun['config']['loss'] | undefined,
  images: Pick<EvaluatedImages, 'category' | 'side' | 'fit'> | undefined,
): readonly string[] => {
  const fitting = retained.filter((run) => fitsImages(run, images));
  const newest = new Map(fitting.map(({ id, config }) => [config.loss, id]));
  if (presentLoss !== undefined) newest.delete(presentLoss);
  return [...newest.values()].slice(-mostRetainedRows);
};

/** Adds a run to the choice or removes it; adds none beyond `mostRetainedRows`. */
export const withRun = (chosen: readonly string[], id: string, shown: boolean): readonly string[] => {
  const others = chosen.filter((other) => other !== id);
  if (!shown) return others;
  return others.length < mostRetainedRows ? [...others, id] : chosen;
};
