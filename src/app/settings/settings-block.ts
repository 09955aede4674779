/** Why settings cannot be changed now, as their hints say it. */
import type { AppState } from '#store/app-state.ts';
import { historyLock } from '#store/settings-history/actions.ts';

/** A sentence; undefined where they can be changed. */
export const settingsBlock = (state: Pick<AppState, 'run' | 'table'>): string | undefined => {
  const lock = historyLock(state);
  return lock && `${lock.charAt(0).toUpperCase()}${lock.slice(1)}.`;
};
