/** Choosing the threshold and what the gallery shows. */
import type { ThresholdPolicy } from '#core/metrics/threshold.ts';
import { patch, type StateApi } from '../app-state.ts';
import type { GalleryFilter } from './decision-state.ts';

/** What can be done with the decision. */
export interface DecisionActions {
  /** Chooses how the threshold is found. */
  setPolicy(policy: ThresholdPolicy): void;
  /** Changes which images the gallery shows; what is not named stays. */
  setFilter(change: Partial<GalleryFilter>): void;
}

/** Makes the actions of the decision slice. */
export const createDecisionActions = (api: StateApi): DecisionActions => ({
  setPolicy: (policy) => patch(api, 'decision', { policy }),
  setFilter: (change) => patch(api, 'decision', { filter: { ...api.getState().decision.filter, ...change } }),
});
