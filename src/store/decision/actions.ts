/** Chooses the threshold and filters the gallery. */
import type { ThresholdPolicy } from '#core/metrics/threshold.ts';
import type { TrainingClient } from '#worker/training-client.ts';
import { patch, type StateApi } from '../app-state.ts';
import type { QueuePolicy } from '../table/queue-guard.ts';
import type { GalleryFilter } from './state.ts';
import { syncGoodTrainingScores } from './sync-good-training-scores.ts';
import { syncPolicy } from './sync-policy.ts';

/** Actions on the decision. */
export interface DecisionActions {
  /** Chooses the threshold policy. */
  setPolicy(policy: ThresholdPolicy): void;
  /** Changes the gallery's filter; unnamed parts stay. */
  setFilter(change: Partial<GalleryFilter>): void;
}

export const decisionPolicy: QueuePolicy<DecisionActions> = { setPolicy: 'allow', setFilter: 'allow' };

/** Creates the actions of the decision slice, and updates the slice with the run. */
export const createDecisionActions = (api: StateApi, training: TrainingClient): DecisionActions => {
  syncPolicy(api);
  syncGoodTrainingScores(api, training);
  return {
    setPolicy: (policy) =>
      patch(api, 'decision', {
        policy,
        policyChosen: true,
        note: undefined,
        ...(policy.kind === 'good-quantile' ? { quantile: policy.quantile } : {}),
      }),
    setFilter: (change) =>
      patch(api, 'decision', { filter: { ...api.getState().decision.filter, ...change } }),
  };
};
