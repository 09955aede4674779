/** Starts the tour, on the bench. */
import { useActions } from '../shared/store-context.ts';

/** A function that resolves once the tour is there. */
export const useTour = (): (() => Promise<void>) => {
  const { view } = useActions();
  return async () => {
    view.set({ page: 'bench' });
    const { runTour } = await import('./run-tour.ts');
    // A menu that was open gives the focus back to its button first.
    requestAnimationFrame(runTour);
  };
};
