/** The sections of the method page, in order, and a hook that opens one of them from anywhere. */
import { createStore } from 'zustand/vanilla';
import { useActions } from './store-context.ts';

export const methodSections = {
  idea: 'The idea',
  reconstruction: 'Autoencoder and Eq. 1',
  fourier: 'Frequencies, Eq. 2 to 4',
  distance: 'Spectral distance, Eq. 5, 6',
  weight: 'The weight, Eq. 7',
  losses: 'WFDL, other losses, Eq. 8',
  recipe: 'The training recipe',
  score: 'The score, Eq. 9',
  baselines: 'Without a network',
  tables: 'All losses, weights, scores',
} as const;

export type MethodSectionId = keyof typeof methodSections;

/** The section that the page scrolls to when it opens; outside React, since the page may not be loaded yet. */
export const methodTarget = createStore<{ readonly section: MethodSectionId | undefined }>()(() => ({
  section: undefined,
}));

export const useOpenMethod = (): ((section: MethodSectionId) => void) => {
  const { view } = useActions();
  return (section) => {
    methodTarget.setState({ section });
    view.set({ page: 'method' });
  };
};
