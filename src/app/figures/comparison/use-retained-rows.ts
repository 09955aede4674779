/** The retained runs that have a row in the comparison. */
import { useMemo } from 'react';
import { useStore } from 'zustand';
import { comparison, fitsImages, runsOfOtherLosses } from '../../shared/comparison-state.ts';
import { useApp } from '../../shared/store-context.ts';

/**
 * The retained runs that can have a row, those of the loaded images first, and the ids of the runs that have one. If no run is
 * of the loaded images, `noneFits` names these.
 */
export const useRetainedRows = () => {
  const retained = useApp((state) => state.runs.retained);
  const presentId = useApp((state) => state.runs.presentId);
  const presentLoss = useApp((state) => (state.view.sample?.output ? state.run.configured?.loss : undefined));
  const loaded = useApp((state) => state.dataset.loaded);
  const chosen = useStore(comparison, (state) => state.chosen);
  return useMemo(() => {
    const others = retained.filter(({ id }) => id !== presentId);
    const images = loaded && { category: loaded.category.name, side: loaded.side, fit: loaded.fit };
    const wanted = chosen ?? runsOfOtherLosses(others, presentLoss, images);
    const fitting = others.filter((run) => fitsImages(run, images));
    return {
      others: [...fitting, ...others.filter((run) => !fitting.includes(run))],
      noneFits: images && fitting.length === 0 ? images : undefined,
      ids: wanted.filter((id) => others.some((run) => run.id === id)),
    };
  }, [retained, presentId, presentLoss, loaded, chosen]);
};
