/** The keys of a running lecture; they come before those of the panels and the page. */
import { useEffect } from 'react';
import { useAppStore } from '../shared/store-context.ts';

/** Controls that use arrow keys for their own value, and fields. */
const ownKeys = '[role=slider], input, select, textarea, [role=menu]';

export const useLectureKeys = (active: boolean): void => {
  const store = useAppStore();
  useEffect(() => {
    if (!active) return;
    const { lecture } = store.actions;
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      if (event.target instanceof Element && event.target.closest(ownKeys)) return;
      const { position, steps } = store.getState().lecture;
      const actions: Readonly<Record<string, () => unknown>> = {
        ArrowRight: () => lecture.go(position + 1),
        ArrowLeft: () => lecture.go(position - 1),
        // A presenter's remote control sends these.
        PageDown: () => lecture.go(position + 1),
        PageUp: () => lecture.go(position - 1),
        Home: () => lecture.go(0),
        End: () => lecture.go(steps.length - 1),
        ArrowUp: () => lecture.walkEpochs(1),
        ArrowDown: () => lecture.walkEpochs(-1),
        l: () => lecture.leave(),
      };
      const act = actions[event.key];
      if (!act) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      act();
    };
    document.addEventListener('keydown', onKeyDown, { capture: true });
    return () => document.removeEventListener('keydown', onKeyDown, { capture: true });
  }, [active, store]);
};
