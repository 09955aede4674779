/** Judges an opened run as it was judged last. */
import { evaluationSettingsOf } from '#core/evaluation-settings.ts';
import { scoreTheSame } from '#core/scores/same-scoring.ts';
import type { StateApi } from '../app-state.ts';
import { restoreDecision } from '../decision/retained-decision.ts';
import type { RetainedDecision } from '../decision/state.ts';
import type { RunActions } from '../run/actions.ts';
import { until } from '../until.ts';

/** Scores the present run by the settings of a decision if they differ from its own, then sets the threshold policy. */
export const judgeAs = async (
  api: StateApi,
  run: Pick<RunActions, 'setConfig'>,
  decision: RetainedDecision,
): Promise<void> => {
  const { config } = api.getState().run;
  // The batch-norm statistics are those of the files.
  const settings = { ...decision.settings, batchNorm: config.batchNorm };
  if (!scoreTheSame(settings, evaluationSettingsOf(config))) {
    run.setConfig(settings);
    await until(api, (state) => (state.run.reevaluating ? undefined : true));
  }
  restoreDecision(api, decision);
};
