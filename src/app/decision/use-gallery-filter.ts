/** Filters the gallery from the results, which are of the test images: so it shows these. */
import type { GalleryFilter } from '#store/decision/decision-state.ts';
import { useAppStore } from '../hooks/store-context.ts';

export const useGalleryFilter = (): ((change: Partial<GalleryFilter>) => void) => {
  const store = useAppStore();
  return (change) => {
    const { decision, view } = store.actions;
    if (store.getState().view.galleryMode !== 'test') view.setGalleryMode('test');
    decision.setFilter(change);
  };
};
