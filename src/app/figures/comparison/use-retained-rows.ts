/** The retained runs that have a row in the comparison. */
import { useMemo } from 'react';
import { useStore } from 'zustand';
import { comparison, runsOfOtherLosses } from '../../shared/comparison-state.ts';
import { useApp } from '../../shared/store-context.ts';

/** The retained runs that can have a row, and the ids of the runs that have one. */
export const useRetainedRows = () => {
  const retained = useApp((state) => state.runs.retained);
  const presentId = useApp((state) => state.runs.presentId);
  const presentLoss = useApp((state) => (state.view.sample?.output ? state.run.configured?.loss : undefined));
  const chosen = useStore(comparison, (state) => state.chosen);
  return useMemo(() => {
    const others = retained.filter(({ id }) => id !== presentId);
    const wanted = chosen ?? runsOfOtherLosses(others, presentLoss);
    return { others, ids: wanted.filter((id) => others.some((run) => run.id === id)) };
  }, [retained, presentId, presentLoss, chosen]);
};
