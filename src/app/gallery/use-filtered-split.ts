/** A filter by outcome is of scored images: where one is set while others are shown, the gallery turns to the judged ones. */
import { useEffect, useRef } from 'react';
import { judgedMode } from '#store/run/training-split.ts';
import { useActions, useApp, useAppStore } from '../shared/store-context.ts';

export const useFilteredSplit = (): void => {
  const filter = useApp((state) => state.decision.filter);
  const store = useAppStore();
  const { view } = useActions();
  const last = useRef(filter);
  useEffect(() => {
    const changed = last.current !== filter;
    last.current = filter;
    if (!changed || (filter.outcome ?? filter.defectType) === undefined) return;
    const state = store.getState();
    if (state.view.galleryMode === 'train') view.setGalleryMode(judgedMode(state));
  }, [filter, view, store]);
};
