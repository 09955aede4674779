/** Arrow keys walk the images from anywhere on the page that has no use for them itself. */
import { type RefObject, useEffect } from 'react';
import { useActions } from '../hooks/store-context.ts';

const usesArrows =
  'input, select, textarea, .picture, [role=slider], [role=radio], [role=dialog], [role=alertdialog], .recharts-surface';

/** Images in the first row of the grid, which is how far up and down go. */
const columnsOf = (grid: HTMLElement): number => {
  const items = [...grid.children].filter((child) => child instanceof HTMLElement);
  const top = items[0]?.offsetTop;
  const wrapped = items.findIndex((item) => item.offsetTop !== top);
  return wrapped < 0 ? items.length : wrapped;
};

export const useGalleryKeys = (grid: RefObject<HTMLElement | null>, selected: number | undefined): void => {
  const { view } = useActions();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const { target, key, altKey, ctrlKey, metaKey } = event;
      if (!grid.current || altKey || ctrlKey || metaKey) return;
      if (target instanceof Element && target.closest(usesArrows)) return;
      const inGallery = target instanceof Node && grid.current.contains(target);
      const offsets: Readonly<Record<string, number>> = {
        ArrowLeft: -1,
        ArrowRight: 1,
        ...(inGallery ? { ArrowUp: -columnsOf(grid.current), ArrowDown: columnsOf(grid.current) } : {}),
      };
      const offset = offsets[key];
      if (offset === undefined) return;
      event.preventDefault();
      void view.walk(offset);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [grid, view]);

  useEffect(() => {
    const button = grid.current?.querySelector<HTMLElement>(`[data-index="${selected}"]`);
    if (!button) return;
    if (grid.current?.contains(document.activeElement)) button.focus({ preventScroll: true });
    const { offsetTop, offsetHeight } = button;
    const { scrollTop, clientHeight } = grid.current ?? { scrollTop: 0, clientHeight: 0 };
    const first = grid.current?.offsetTop ?? 0;
    if (offsetTop - first < scrollTop) grid.current?.scrollTo({ top: offsetTop - first - 4 });
    else if (offsetTop - first + offsetHeight > scrollTop + clientHeight)
      grid.current?.scrollTo({ top: offsetTop - first + offsetHeight - clientHeight + 4 });
  }, [grid, selected]);
};
