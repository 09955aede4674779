/** Undo and redo of settings: records each change by the user, and reverts it on request. */
import type { RunConfig } from '#core/config.ts';
import { asResiduaError } from '#core/errors.ts';
import { type AppState, patch, type StateApi } from '../app-state.ts';
import type { RunActions } from '../run/actions.ts';
import { overallPhase } from '../run/state.ts';
import type { QueuePolicy } from '../table/queue-guard.ts';
import {
  type ChangeKind,
  changeBetween,
  initialSettingsHistory,
  recordChange,
  withRedone,
  withUndone,
} from './state.ts';

/** Actions on the history of settings. None of them throws: errors go to `run.error`. */
export interface SettingsHistoryActions {
  /** Reverts the last change, if there is one and settings are not locked. */
  undo(): void;
  /** Repeats the change that was undone last. */
  redo(): void;
  /** Drops all changes: the initial settings of a visit are not a change by the user. */
  forget(): void;
}

/** Undo and redo go through `run.setConfig`, and `historyLock` explains why they do nothing while the queue runs. */
export const settingsPolicy: QueuePolicy<SettingsHistoryActions> = {
  undo: 'allow',
  redo: 'allow',
  forget: 'allow',
};

/** Returns why settings cannot be undone now; undefined if they can. */
export const historyLock = ({
  run,
  race,
  table,
}: Pick<AppState, 'run' | 'race' | 'table'>): string | undefined => {
  if (table.phase !== 'idle') return 'the queue of Table II is running with its own settings';
  if (overallPhase(run, race) === 'running') return 'settings are locked while training';
  return run.task === undefined ? undefined : 'settings are locked until the request ends';
};

/**
 * Wraps the run's actions to record the user's changes.
 * @param run the guarded actions: a change that the queue refuses is not recorded
 * @param nowMs a clock in milliseconds
 */
export const recordSettings = (
  api: StateApi,
  run: RunActions,
  nowMs: () => number,
): { readonly run: RunActions; readonly settings: SettingsHistoryActions } => {
  const recorded =
    <Args extends readonly unknown[]>(kind: ChangeKind, action: (...args: Args) => void) =>
    (...args: Args): void => {
      const before = api.getState().run.config;
      action(...args);
      const change = changeBetween(kind, before, api.getState().run.config, nowMs());
      if (change) api.setState(({ settings }) => ({ settings: recordChange(settings, change) }));
    };

  /** Applies settings. Returns false, and sets `run.error`, if they are refused. */
  const apply = (change: Partial<RunConfig>): boolean => {
    try {
      run.setConfig(change);
      return true;
    } catch (thrown) {
      patch(api, 'run', { error: asResiduaError(thrown).toPlain() });
      return false;
    }
  };

  return {
    run: {
      ...run,
      setConfig: recorded('setting', run.setConfig),
      applyPreset: recorded('preset', run.applyPreset),
      applyTimedPreset: recorded('preset', run.applyTimedPreset),
      openLink: recorded('link', run.openLink),
      revertSettings: recorded('revert', run.revertSettings),
    },
    settings: {
      undo: () => {
        const { settings } = api.getState();
        const last = settings.past.at(-1);
        if (!last || historyLock(api.getState()) !== undefined) return;
        if (apply(last.before)) api.setState({ settings: withUndone(settings) });
      },
      redo: () => {
        const { settings } = api.getState();
        const [next] = settings.future;
        if (!next || historyLock(api.getState()) !== undefined) return;
        if (apply(next.after)) api.setState({ settings: withRedone(settings) });
      },
      forget: () => api.setState({ settings: initialSettingsHistory }),
    },
  };
};
