/** Arrow keys choose images, unless the focused element uses these keys itself. */
import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import { useActions } from '../shared/store-context.ts';
import { scrollsSideways } from '../ui/use-scroll-region.ts';

const usesArrows =
  'input, select, textarea, .picture, [role=slider], [role=radio], [role=tab], [role=dialog], [role=alertdialog], .recharts-surface';

/**
 * Listens while the gallery is shown: left and right anywhere, up, down, Page and End keys in the gallery.
 * @param scroller the element in which the images scroll
 * @param columns images per row: the step of the up and down keys
 * @param rowHeight distance from one row to the next, in CSS pixels
 */
export const useGalleryKeys = (
  scroller: RefObject<HTMLElement | null>,
  selected: number | undefined,
  columns: number,
  rowHeight: number,
): void => {
  const { view } = useActions();
  const takesFocus = useRef(false);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const { target, key, altKey, ctrlKey, metaKey } = event;
      if (!scroller.current || altKey || ctrlKey || metaKey) return;
      if (scrollsSideways(target) || (target instanceof Element && target.closest(usesArrows))) return;
      const inGallery = target instanceof Node && scroller.current.contains(target);
      const pageRows = Math.max(1, Math.floor(scroller.current.clientHeight / rowHeight));
      const offsets: Readonly<Record<string, number>> = {
        ArrowLeft: -1,
        ArrowRight: 1,
        ...(inGallery
          ? {
              ArrowUp: -columns,
              ArrowDown: columns,
              PageUp: -columns * pageRows,
              PageDown: columns * pageRows,
              Home: Number.NEGATIVE_INFINITY,
              End: Number.POSITIVE_INFINITY,
            }
          : {}),
      };
      const offset = offsets[key];
      if (offset === undefined) return;
      event.preventDefault();
      takesFocus.current = inGallery;
      void view.walk(offset);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [scroller, view, columns, rowHeight]);

  useLayoutEffect(() => {
    const button = scroller.current?.querySelector<HTMLElement>(`[data-index="${selected}"]`);
    // The focused button may have left the document together with its row.
    if (takesFocus.current || scroller.current?.contains(document.activeElement))
      button?.focus({ preventScroll: true });
    takesFocus.current = false;
  }, [scroller, selected]);
};
