/** Plans the rivals of the next run. */
import { asResiduaError, ResiduaError } from '#core/errors.ts';
import { contestantConfigs, type RaceVariant, variantOf } from '#core/race.ts';
import { patch, type StateApi } from '../app-state.ts';
import { overallPhase } from '../run/state.ts';
import type { QueuePolicy } from '../table/queue-guard.ts';

/** Actions on the race. None of them rejects: errors go to `run.error`. */
export interface RaceActions {
  /**
   * Plans the rivals of the next run by the settings in which each differs from `run.config`; an empty list is no race.
   * If one is invalid, nothing changes.
   */
  plan(variants: readonly RaceVariant[]): void;
  /** Plans a run alone. */
  cancelPlan(): void;
}

const refused = { refuse: 'settings', report: 'run' } as const;

export const racePolicy: QueuePolicy<RaceActions> = { plan: refused, cancelPlan: refused };

const locked = (): ResiduaError =>
  new ResiduaError(
    'config-invalid',
    'The contestants of a race cannot change while the run is running.',
    'Pause the run first.',
  );

/** Creates the actions of the race slice. */
export const createRaceActions = (api: StateApi): RaceActions => {
  const plan = (planned: readonly RaceVariant[]): void => {
    const { run, race } = api.getState();
    try {
      if (overallPhase(run, race) === 'running') throw locked();
      const [, ...rivals] = contestantConfigs(run.config, planned);
      patch(api, 'race', { planned: rivals.map((rival) => variantOf(run.config, rival)) });
    } catch (thrown) {
      patch(api, 'run', { error: asResiduaError(thrown).toPlain() });
    }
  };
  return { plan, cancelPlan: () => plan([]) };
};
