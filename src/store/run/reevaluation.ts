/** Evaluates the trained model again after a change of the evaluation settings. */
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
import type { Contestant } from '../race/state.ts';
import { withoutLastChangeOf } from '../settings-history/state.ts';
import { createOwnError } from './own-error.ts';

/** Whether two evaluations with these settings differ in their reconstructions or their calibration. */
const reconstructsOtherwise = (some: EvaluationSettings, others: EvaluationSettings): boolean =>
  some.batchNorm !== others.batchNorm ||
  (usesCalibration(some) &&
    (['residual', 'calibrationBands', 'bandLow', 'bandHigh'] as const).some(
      (name) => some[name] !== others[name],
    ));

/** Returns the state with the settings from before a canceled request. */
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
  // One end of the band may have changed in the meantime, and may be invalid with the old value of the other end.
  const { bandLow, bandHigh } = bandFault(back.side, back.bandLow, back.bandHigh) ? before : back;
  return {
    run: { ...run, config: { ...back, bandLow, bandHigh } },
    settings: withoutLastChangeOf(settings, changed),
  };
};

const withSettings = (rival: Contestant, settings: EvaluationSettings): Contestant => ({
  ...rival,
  config: { ...rival.config, ...settings },
});

export interface Reevaluation {
  /** Evaluates the trained model with the settings of the page, until they stop changing. */
  keepUp(): Promise<void>;
  /** Cancels the evaluation under way, and restores the settings from before it. */
  cancel(): void;
}

/** Creates the actions. Errors go to `run.error`. */
export const createReevaluation = (api: StateApi, training: TrainingClient): Reevaluation => {
  const run = () => api.getState().run;
  const error = createOwnError(api);
  let underWay:
    | { readonly settings: EvaluationSettings; readonly abort: AbortController; takeBack: boolean }
    | undefined;

  /** Sends one request. Returns false if the settings have not changed. */
  const evaluate = async (): Promise<boolean> => {
    const { config, configured } = run();
    if (!configured || evaluationSettingNames.every((key) => config[key] === configured[key])) return false;
    const settings = evaluationSettingsOf(config);
    const mine = { settings, abort: new AbortController(), takeBack: false };
    underWay = mine;
    patch(api, 'run', { reevaluating: true });
    try {
      await training.request('reevaluate', settings, { signal: mine.abort.signal });
      error.clear();
      if (run().configured === configured)
        api.setState((state) => ({
          run: { ...state.run, configured: { ...configured, ...settings } },
          race: { ...state.race, rivals: state.race.rivals.map((rival) => withSettings(rival, settings)) },
        }));
    } catch (thrown) {
      if (!isCancelled(thrown)) throw thrown;
      // The run was dropped, so the settings of the page belong to the next run.
      if (!mine.abort.signal.aborted) return false;
      if (mine.takeBack) api.setState((state) => takenBack(state, settings, configured));
    }
    return true;
  };

  return {
    keepUp: async () => {
      if (underWay) {
        // Obsolete scoring is cheap and may finish, but obsolete reconstructing is canceled.
        if (reconstructsOtherwise(underWay.settings, run().config)) underWay.abort.abort();
        return;
      }
      try {
        while (await evaluate());
      } catch (thrown) {
        error.show(asResiduaError(thrown).toPlain());
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
