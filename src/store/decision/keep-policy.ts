/** A threshold that was set by hand holds for one score only, and a filter for one category only. */
import { scoreSettingNames } from '#core/evaluation-settings.ts';
import { type AppState, patch, type StateApi } from '../app-state.ts';
import { latestEvaluation } from '../run-state.ts';
import { noFilter } from './decision-state.ts';

/** Tells scores of one scale from those of another: the score's settings, and the side over which some of them sum. */
const scaleOf = ({ run, dataset }: AppState): string | undefined => {
  const evaluation = latestEvaluation(run);
  if (!evaluation) return undefined;
  return JSON.stringify([dataset.loaded?.side, ...scoreSettingNames.map((name) => evaluation[name])]);
};

const scoreChanged =
  'The score has changed: the threshold that was set by hand meant nothing on its scale, and is F1-max again.';

/** Listens to the store from now on. */
export const keepPolicy = (api: StateApi): void => {
  let scale = scaleOf(api.getState());
  let samples = api.getState().dataset.loaded?.samples;
  let evaluation = latestEvaluation(api.getState().run);
  api.subscribe((state) => {
    const latest = latestEvaluation(state.run);
    if (latest !== evaluation) {
      evaluation = latest;
      const now = scaleOf(state);
      const other = now !== undefined && scale !== undefined && now !== scale;
      scale = now ?? scale;
      if (other && state.decision.policy.kind === 'manual') {
        patch(api, 'decision', { policy: { kind: 'f1-maximum' }, note: scoreChanged });
      }
    }
    const { loaded } = state.dataset;
    if (loaded && loaded.samples !== samples) {
      samples = loaded.samples;
      const { defectType } = api.getState().decision.filter;
      const known = loaded.samples.some((sample) => sample.defectType === defectType);
      if (defectType !== undefined && !known) patch(api, 'decision', { filter: noFilter });
    }
  });
};
