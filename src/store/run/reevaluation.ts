/** Keeps the evaluation of the trained model in step with the evaluation settings of the page. */
import type { RunConfig } from '#core/config.ts';
import { asResiduaError, isCancelled } from '#core/errors.ts';
import {
  type EvaluationSettings,
  evaluationSettingNames,
  evaluationSettingsOf,
} from '#core/evaluation-settings.ts';
import { bandFault } from '#core/scores/band.ts';
import { usesCalibration } from '#core/scores/score-names.ts';
import type { TrainingClient } from '#worker/training-client.ts';
import { type AppState, patch, type StateApi } from '../app-state.ts';
import { withoutLastChangeOf } from '../settings-history/state.ts';

/** Whether an evaluation by some settings reconstructs images, or learns from them, otherwise than one by others. */
const reconstructsOtherwise = (some: EvaluationSettings, others: EvaluationSettings): boolean =>
  some.batchNorm !== others.batchNorm ||
  (usesCalibration(some) &&
    (['residual', 'calibrationBands', 'bandLow', 'bandHigh'] as const).some(
      (name) => some[name] !== others[name],
    ));

/** The page with the settings of a request that was called off as they were before it. */
const takenBack = (
  { run, settings }: AppState,
  asked: EvaluationSettings,
  before: RunConfig,
): Pick<AppState, 'run' | 'settings'> => {
  const { config } = run;
  const changed = evaluationSettingNames.filter(
    (key) => config[key] === asked[key] && asked[key] !== before[key],
  );
  const back = { ...config, ...Object.fromEntries(changed.map((key) => [key, before[key]])) };
  // One end of the band may have changed meanwhile, and not go with the other's earlier value.
  const { bandLow, bandHigh } = bandFault(back.side, back.bandLow, back.bandHigh) ? before : back;
  return {
    run: { ...run, config: { ...back, bandLow, bandHigh } },
    settings: withoutLastChangeOf(settings, changed),
  };
};

export interface Reevaluation {
  /** Scores the trained model with the settings of the page, until they have stopped changing. */
  keepUp(): Promise<void>;
  /** Calls the evaluation under way off: its settings go back to what they were. */
  cancel(): void;
}

/** What fails is in `run.error`. */
export const createReevaluation = (api: StateApi, training: TrainingClient): Reevaluation => {
  const run = () => api.getState().run;
  let underWay:
    | { readonly settings: EvaluationSettings; readonly abort: AbortController; takeBack: boolean }
    | undefined;

  /** One request; false where there is nothing to ask for. */
  const evaluate = async (): Promise<boolean> => {
    const { config, configured } = run();
    if (!configured || evaluationSettingNames.every((key) => config[key] === configured[key])) return false;
    const settings = evaluationSettingsOf(config);
    const mine = { settings, abort: new AbortController(), takeBack: false };
    underWay = mine;
    patch(api, 'run', { reevaluating: true });
    try {
      await training.request('reevaluate', settings, { signal: mine.abort.signal });
      if (run().configured === configured) patch(api, 'run', { configured: { ...configured, ...settings } });
    } catch (thrown) {
      if (!isCancelled(thrown)) throw thrown;
      // The run itself went away, and the settings of the page are those of the next.
      if (!mine.abort.signal.aborted) return false;
      if (mine.takeBack) api.setState((state) => takenBack(state, settings, configured));
    }
    return true;
  };

  return {
    keepUp: async () => {
      if (underWay) {
        // Scoring anew costs little, reconstructing for a setting that is wanted no more does not.
        if (reconstructsOtherwise(underWay.settings, run().config)) underWay.abort.abort();
        return;
      }
      try {
        while (await evaluate());
      } catch (thrown) {
        patch(api, 'run', { error: asResiduaError(thrown).toPlain() });
      } finally {
        underWay = undefined;
        if (run().reevaluating) patch(api, 'run', { reevaluating: false });
      }
    },
    cancel: () => {
      if (!underWay) return;
      underWay.takeBack = true;
      underWay.abort.abort();
    },
  };
};
