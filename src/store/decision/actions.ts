/** Choosing the threshold and what the gallery shows. */
import type { ThresholdPolicy } from '#core/metrics/threshold.ts';
import type { TrainingClient } from '#worker/training-client.ts';
import { patch, type StateApi } from '../app-state.ts';
import type { QueuePolicy } from '../table/queue-guard.ts';
import type { GalleryFilter } from './state.ts';
import { syncGoodTrainingScores } from './sync-good-training-scores.ts';
import { syncPolicy } from './sync-policy.ts';

/** What can be done with the decision. */
export interface DecisionActions {
  /** Chooses how the threshold is found. */
  setPolicy(policy: ThresholdPolicy): void;
  /** Changes which images the gallery shows; what is not named stays. */
  setFilter(change: Partial<GalleryFilter>): void;
}

export const decisionPolicy: QueuePolicy<DecisionActions> = { setPolicy: 'allow', setFilter: 'allow' };

/** Makes the actions of the decision slice, and keeps it in step with the run from now on. */
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
