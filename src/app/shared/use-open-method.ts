/** Opens the method page at one of its sections, from anywhere. */
import { createStore } from 'zustand/vanilla';
import type { SectionId } from './section-ids.ts';
import { useActions } from './store-context.ts';

/** The section that the page scrolls to when it opens; outside React, since the page is not there yet. */
export const methodTarget = createStore<{ readonly section: SectionId | undefined }>()(() => ({
  section: undefined,
}));

export const useOpenMethod = (): ((section: SectionId) => void) => {
  const { view } = useActions();
  return (section) => {
    methodTarget.setState({ section });
    view.set({ page: 'method' });
  };
};
