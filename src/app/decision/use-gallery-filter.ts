/** Filters the gallery from the results: it shows the images behind a count. */
import type { GalleryFilter } from '#store/decision/state.ts';
import { judgedMode } from '#store/run/training-split.ts';
import { useAppStore } from '../shared/store-context.ts';

export const useGalleryFilter = (): ((change: Partial<GalleryFilter>) => void) => {
  const store = useAppStore();
  return (change) => {
    const { decision, view } = store.actions;
    const mode = judgedMode(store.getState());
    if (store.getState().view.galleryMode !== mode) view.setGalleryMode(mode);
    decision.setFilter(change);
  };
};
