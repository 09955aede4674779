/** Replaces a policy or filter that does not apply to the loaded images or the score. */
import { scoreSettingNames } from '#core/evaluation-settings.ts';
import { type AppState, patch, type StateApi } from '../app-state.ts';
import { latestEvaluation } from '../run/state.ts';
import { canFitF1, type DecisionState, defaultPolicy, noFilter } from './state.ts';

/** A key of the scores' scale: the score's settings, and the side, because some scores are sums over pixels. */
const scaleOf = ({ run, dataset }: AppState): string | undefined => {
  const evaluation = latestEvaluation(run);
  if (!evaluation) return undefined;
  return JSON.stringify([dataset.loaded?.side, ...scoreSettingNames.map((name) => evaluation[name])]);
};

const policyNames = { 'f1-maximum': 'F1-max', 'good-quantile': 'the quantile', manual: 'manual' } as const;

/** The default policy for the loaded images. */
const byDefault = ({ dataset, decision }: AppState): Pick<DecisionState, 'policy' | 'policyChosen'> => ({
  policy: defaultPolicy(dataset.loaded?.samples ?? [], decision.quantile),
  policyChosen: false,
});

/** Listens to the store. */
export const syncPolicy = (api: StateApi): void => {
  let scale = scaleOf(api.getState());
  let samples = api.getState().dataset.loaded?.samples;
  let evaluation = latestEvaluation(api.getState().run);

  /** A manual threshold is valid for one score only. */
  const keepScale = (state: AppState): void => {
    const latest = latestEvaluation(state.run);
    if (latest === evaluation) return;
    evaluation = latest;
    const now = scaleOf(state);
    const other = now !== undefined && scale !== undefined && now !== scale;
    scale = now ?? scale;
    if (!other || state.decision.policy.kind !== 'manual') return;
    const next = byDefault(state);
    const note = `The score has changed, so the manual threshold no longer applies. It is ${policyNames[next.policy.kind]} again.`;
    patch(api, 'decision', { ...next, note });
  };

  /** A policy that cannot be fitted gives way to the default, and a filter by a defect type needs images of that type. */
  const keepFit = (state: AppState): void => {
    const { loaded } = state.dataset;
    if (!loaded || loaded.samples === samples) return;
    samples = loaded.samples;
    const { policy, policyChosen, filter } = state.decision;
    const next = byDefault(state);
    const unfit = !policyChosen || (policy.kind === 'f1-maximum' && !canFitF1(samples));
    if (unfit && next.policy.kind !== policy.kind) patch(api, 'decision', next);
    const known = loaded.samples.some(({ defectType }) => defectType === filter.defectType);
    if (filter.defectType !== undefined && !known) patch(api, 'decision', { filter: noFilter });
  };

  api.subscribe((state) => {
    keepScale(state);
    keepFit(api.getState());
  });
};
