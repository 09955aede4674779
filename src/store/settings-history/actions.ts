/** Undo and redo of settings: the run's actions as the user has them, each change recorded, and taken back on request. */
import type { RunConfig } from '#core/config.ts';
import { asResiduaError } from '#core/errors.ts';
import { type AppState, patch, type StateApi } from '../app-state.ts';
import type { RunActions } from '../run/actions.ts';
import type { QueuePolicy } from '../table/queue-guard.ts';
import {
  type ChangeKind,
  changeBetween,
  initialSettingsHistory,
  recordChange,
  withRedone,
  withUndone,
} from './state.ts';

/** What can be done with the history of settings. None of these throws: what fails is in `run.error`. */
export interface SettingsHistoryActions {
  /** Takes the last change back; does nothing where there is none, or where settings are locked. */
  undo(): void;
  /** Makes the change again that was taken back last. */
  redo(): void;
  /** Forgets all changes: the settings with which a visit starts are no change of the user's. */
  forget(): void;
}

/** Undo and redo go through `run.setConfig`, and `historyLock` explains why they do nothing while the queue runs. */
export const settingsPolicy: QueuePolicy<SettingsHistoryActions> = {
  undo: 'allow',
  redo: 'allow',
  forget: 'allow',
};

/** Why settings cannot be taken back now; undefined where they can. */
export const historyLock = ({ run, table }: Pick<AppState, 'run' | 'table'>): string | undefined => {
  if (table.phase !== 'idle') return 'the settings are those of Table II’s queue while it runs';
  if (run.status.phase === 'running') return 'settings are locked while training';
  return run.task === undefined ? undefined : 'settings are locked until the run has answered';
};

/**
 * Wraps the run's actions, so that what the user changes is recorded.
 * @param run the guarded actions: what the queue refuses is not recorded, and undoing is refused as well
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

  /** False where the settings are refused, which `run.error` then tells. */
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
