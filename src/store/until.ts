/** Waiting for the state to be as one wants it. */
import type { AppState, StateApi } from './app-state.ts';

/** Resolves with what `find` returns, as soon as that is not undefined. `find` sees each state once, in order. */
export const until = <T>(api: StateApi, find: (state: AppState) => T | undefined): Promise<T> =>
  new Promise((resolve) => {
    let end: (() => void) | undefined;
    let over = false;
    const look = (state: AppState): void => {
      if (over) return;
      const found = find(state);
      if (found === undefined) return;
      over = true;
      end?.();
      resolve(found);
    };
    end = api.subscribe(look);
    look(api.getState());
    if (over) end();
  });
