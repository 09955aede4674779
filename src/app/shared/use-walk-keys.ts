/** The arrow keys that walk through the images, on pages beside the bench. */
import { useEffect } from 'react';
import { scrollsSideways } from '../ui/use-scroll-region.ts';
import { useActions } from './store-context.ts';

const usesArrows =
  'input, select, textarea, .picture, .spectral-map-picture, .radial-area, [role=slider], [role=radio], [role=dialog], [role=alertdialog]';

/** Left and right walk the images of the data set from anywhere on the page that does not use these keys itself. */
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
