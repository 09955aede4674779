/** Part of the state, at a limited rate: for views that are expensive to draw and change with every step. */

import { startTransition, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { AppState } from '#store/app-state.ts';
import { oneAtATime } from '../ui/one-at-a-time.ts';
import { useAppStore } from './store-context.ts';

/** After a slow drawing, wait this many times its duration, to leave the machine time for other work. */
const restShare = 3;
/** The page must update even if each drawing is slow. */
const longestRestMs = 1000;

/** `selector` must be stable between renders. */
export const useThrottled = <T>(selector: (state: AppState) => T, intervalMs: number): T => {
  const store = useAppStore();
  const [value, setValue] = useState(() => selector(store.getState()));
  const askedAtMs = useRef<number>(undefined);
  const drawing = useRef({ startMs: 0, endMs: 0 });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the effect measures the drawing of the value.
  useLayoutEffect(() => {
    if (askedAtMs.current !== undefined)
      drawing.current = { startMs: askedAtMs.current, endMs: performance.now() };
    askedAtMs.current = undefined;
  }, [value]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let shown = selector(store.getState());
    setValue(() => shown);
    const end = store.subscribe((state) => {
      if (timer !== undefined || Object.is(selector(state), shown)) return;
      const { startMs, endMs } = drawing.current;
      const drawnInMs = endMs - startMs;
      const dueMs = Math.max(startMs + intervalMs, endMs + Math.min(longestRestMs, restShare * drawnInMs));
      timer = setTimeout(
        () => {
          timer = undefined;
          oneAtATime(() => {
            shown = selector(store.getState());
            askedAtMs.current = performance.now();
            startTransition(() => setValue(() => shown));
          });
        },
        Math.max(0, dueMs - performance.now()),
      );
    });
    return () => {
      clearTimeout(timer);
      end();
    };
  }, [store, selector, intervalMs]);
  return value;
};
