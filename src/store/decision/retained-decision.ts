/** How the images of a run were judged: the score and the threshold policy, which are stored with the run. */
import { evaluationSettingsOf } from '#core/evaluation-settings.ts';
import { type AppState, patch, type StateApi } from '../app-state.ts';
import { latestEvaluation } from '../run/state.ts';
import { canFitF1, type RetainedDecision } from './state.ts';
import { presentThresholdRecord } from './threshold-export.ts';

/** Returns how the present run is judged; undefined before its first evaluation. */
export const presentDecision = (state: AppState): RetainedDecision | undefined => {
  const evaluation = latestEvaluation(state.run);
  if (!evaluation) return undefined;
  const { policy, policyChosen } = state.decision;
  return {
    settings: evaluationSettingsOf(evaluation),
    policy,
    policyChosen,
    threshold: presentThresholdRecord(state),
  };
};

/** Judges the present run as it was judged before. A policy that the loaded images do not allow is ignored. */
export const restoreDecision = (api: StateApi, { policy, policyChosen }: RetainedDecision): void => {
  const samples = api.getState().dataset.loaded?.samples ?? [];
  if (policy.kind === 'f1-maximum' && !canFitF1(samples)) return;
  patch(api, 'decision', {
    policy,
    policyChosen,
    note: undefined,
    ...(policy.kind === 'good-quantile' ? { quantile: policy.quantile } : {}),
  });
};
