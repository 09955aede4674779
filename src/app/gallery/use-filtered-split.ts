/** A filter is of test images: who sets one, wherever on the page, sees these. */
import { useEffect, useRef } from 'react';
import { useActions, useApp } from '../hooks/store-context.ts';

export const useFilteredSplit = (): void => {
  const filter = useApp((state) => state.decision.filter);
  const { view } = useActions();
  const last = useRef(filter);
  useEffect(() => {
    const changed = last.current !== filter;
    last.current = filter;
    if (changed && (filter.outcome ?? filter.defectType) !== undefined) view.setGalleryMode('test');
  }, [filter, view]);
};
