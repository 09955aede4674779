/** Why no race can be planned now, as a sentence; undefined if one can. */
import { overallPhase } from '#store/run/state.ts';
import { useApp } from '../store-context.ts';

export const useRaceBlocked = (): string | undefined =>
  useApp(({ run, race, table }) => {
    if (table.phase !== 'idle') return 'The Table II queue controls the settings while it runs.';
    if (overallPhase(run, race) === 'running') return 'Pause or stop the training first.';
    return run.task === undefined ? undefined : 'Wait until the current task is done.';
  });
