/** Part of the state, at most every so often: for what is dear to draw and changes with every step. */

import { startTransition, useEffect, useState } from 'react';
import type { AppState } from '#store/app-state.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { useAppStore } from './store-context.ts';

/** `selector` has to be stable between renders. */
export const useThrottled = <T>(selector: (state: AppState) => T, intervalMs: number): T => {
  const store = useAppStore();
  const [value, setValue] = useState(() => selector(store.getState()));
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let shown = selector(store.getState());
    setValue(() => shown);
    const end = store.subscribe((state) => {
      if (timer !== undefined || Object.is(selector(state), shown)) return;
      timer = setTimeout(() => {
        timer = undefined;
        oneAtATime(() => {
          shown = selector(store.getState());
          startTransition(() => setValue(() => shown));
        });
      }, intervalMs);
    });
    return () => {
      clearTimeout(timer);
      end();
    };
  }, [store, selector, intervalMs]);
  return value;
};
