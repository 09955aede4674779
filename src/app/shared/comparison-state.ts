/** What the comparison is set to, outside React: it survives a look at another page. */

import { createStore } from 'zustand/vanilla';
import type { KeptRun } from '#store/runs/kept-run.ts';

export interface ComparisonState {
  /** Ids of the kept runs that have a row; undefined until the user chooses: then `runsOfOtherLosses`. */
  readonly chosen: readonly string[] | undefined;
  /** Whether each residual has a color scale of its own. */
  readonly ownResidualScales: boolean;
}

/** Kept runs that have a row beside the present one, at most. */
export const mostKeptRows = 4;

export const comparison = createStore<ComparisonState>()(() => ({
  chosen: undefined,
  ownResidualScales: false,
}));

/** The newest kept run of each loss but the present run's: what Figs. 4 and 5 of the paper set side by side. */
export const runsOfOtherLosses = (
  kept: readonly KeptRun[],
  presentLoss: KeptRun['config']['loss'] | undefined,
): readonly string[] => {
  const newest = new Map(kept.map(({ id, config }) => [config.loss, id]));
  if (presentLoss !== undefined) newest.delete(presentLoss);
  return [...newest.values()].slice(-mostKeptRows);
};

/** The choice with one run taken in or left out; does nothing where `mostKeptRows` have a row already. */
export const withRun = (chosen: readonly string[], id: string, shown: boolean): readonly string[] => {
  const others = chosen.filter((other) => other !== id);
  if (!shown) return others;
  return others.length < mostKeptRows ? [...others, id] : chosen;
};
