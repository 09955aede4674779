/** The place of the user before the tour: page, tab, and how far everything is scrolled. */
import type { PageName } from '#store/view/state.ts';

const tabOf = (panel: Element | null | undefined): HTMLElement | null =>
  document.getElementById(panel?.getAttribute('aria-labelledby') ?? '');

/** Opens the tab of a narrow page that hides an element. Tabs follow the focus. */
export const openTabOf = (element: Element | undefined): void =>
  tabOf(element?.closest('[role=tabpanel][hidden]'))?.focus({ preventScroll: true });

/** The element, or its successor: a part of the bench is drawn again after a visit to another page. */
const present = (element: Element | null): HTMLElement | undefined => {
  if (!(element instanceof HTMLElement)) return undefined;
  if (element.isConnected) return element;
  return [...document.querySelectorAll<HTMLElement>(element.tagName)].find(
    (other) => other.textContent === element.textContent,
  );
};

/** Resolves after the page has been drawn with its last change. */
export const drawn = (): Promise<void> =>
  new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));

/**
 * Remembers the user's place.
 * @param page the page to return to
 * @param showPage shows a page
 * @returns a function that restores the place and the focus
 */
export const rememberPlace = (page: PageName, showPage: (page: PageName) => void): (() => Promise<void>) => {
  const focused = document.activeElement;
  const tab = document.querySelector<HTMLElement>('[role=tab][aria-selected=true]');
  const offsets = [document.documentElement, ...document.querySelectorAll('[data-scroll-region]')].map(
    (element) => ({ element, top: element.scrollTop, left: element.scrollLeft }),
  );
  return async () => {
    showPage(page);
    await drawn();
    if (tab?.getAttribute('aria-selected') === 'false') {
      tab.focus({ preventScroll: true });
      await drawn();
    }
    for (const { element, top, left } of offsets) element.scrollTo({ top, left, behavior: 'instant' });
    present(focused)?.focus({ preventScroll: true });
  };
};
