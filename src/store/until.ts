/** Waits for a state of the page. */
import type { AppState, StateApi } from './app-state.ts';

/**
 * Resolves with the first value of `find` that is not undefined. `find` sees each state once, in order.
 * @throws (as rejection) the error of `find`, or the signal's reason
 */
export const until = <T>(
  api: StateApi,
  find: (state: AppState) => T | undefined,
  signal?: AbortSignal,
): Promise<T> =>
  new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const end = (): void => {
      unsubscribe();
      signal?.removeEventListener('abort', abort);
    };
    const abort = (): void => {
      end();
      reject(signal?.reason);
    };
    const look = (state: AppState): void => {
      try {
        const found = find(state);
        if (found === undefined) return;
        resolve(found);
      } catch (thrown) {
        reject(thrown);
      }
      end();
    };
    const unsubscribe = api.subscribe(look);
    signal?.addEventListener('abort', abort, { once: true });
    look(api.getState());
  });
