/** Left and right walk the data set's images from anywhere on the page that has no use for them itself. */
import { useEffect } from 'react';
import { useActions } from '../shared/store-context.ts';
import { scrollsSideways } from '../ui/use-scroll-region.ts';

const usesArrows =
  'input, select, textarea, .picture, [role=slider], [role=radio], [role=dialog], [role=alertdialog]';

/** Listens while `enabled`. */
export const useWalkKeys = (enabled: boolean): void => {
  const { view } = useActions();
  useEffect(() => {
    if (!enabled) return;
    const onKeyDown = (event: KeyboardEvent): void => {
      const { target, key, altKey, ctrlKey, metaKey } = event;
      if (altKey || ctrlKey || metaKey || scrollsSideways(target)) return;
      if (target instanceof Element && target.closest(usesArrows)) return;
      const offset = key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : 0;
      if (offset === 0) return;
      event.preventDefault();
      void view.walk(offset);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [view, enabled]);
};
