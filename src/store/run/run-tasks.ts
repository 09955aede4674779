/** Performs one task of the training worker at a time. Errors go to `run.error`. */
import { asResiduaError, cancelled, isCancelled } from '#core/errors.ts';
import type { ShareDone } from '#core/share-clock.ts';
import type { RequestCall } from '#worker/rpc.ts';
import { patch, type StateApi } from '../app-state.ts';
import type { RunTask } from './state.ts';

/** How a long task reports progress, and the signal that cancels it. */
export type LongCall = RequestCall & { readonly signal: AbortSignal };

export interface RunTasks {
  /** Performs a task. Resolves to undefined if it fails, or if another task is under way. */
  perform<T>(task: RunTask, work: () => Promise<T>): Promise<T | undefined>;
  /** Performs a task that reports its progress and can be canceled. Resolves to undefined then too. */
  performLong<T>(task: RunTask, work: (call: LongCall) => Promise<T>): Promise<T | undefined>;
  /** Cancels the long task; returns false if none is under way. */
  cancel(): boolean;
}

export const createRunTasks = (api: StateApi): RunTasks => {
  const perform: RunTasks['perform'] = async (task, work) => {
    if (api.getState().run.task !== undefined) return undefined;
    patch(api, 'run', { task, error: undefined });
    try {
      return await work();
    } catch (thrown) {
      patch(api, 'run', { error: asResiduaError(thrown).toPlain() });
      return undefined;
    } finally {
      patch(api, 'run', { task: undefined });
    }
  };

  let underWay: AbortController | undefined;
  return {
    perform,
    performLong: <T>(task: RunTask, work: (call: LongCall) => Promise<T>) =>
      perform<T | undefined>(task, async () => {
        underWay = new AbortController();
        const onProgress = (taskProgress: ShareDone): void => patch(api, 'run', { taskProgress });
        try {
          return await work({ signal: underWay.signal, onProgress });
        } catch (thrown) {
          if (!isCancelled(thrown)) throw thrown;
          return undefined;
        } finally {
          underWay = undefined;
          patch(api, 'run', { taskProgress: undefined });
        }
      }),
    cancel: () => {
      underWay?.abort(cancelled());
      return underWay !== undefined;
    },
  };
};
