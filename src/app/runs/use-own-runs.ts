/** The user's own runs, without those that came with the page. */
import { useMemo } from 'react';
import type { RetainedRun } from '#store/runs/retained-run.ts';
import { useApp } from '../shared/store-context.ts';

/** Oldest first. */
export const useOwnRuns = (): readonly RetainedRun[] => {
  const retained = useApp((state) => state.runs.retained);
  return useMemo(() => retained.filter(({ bundled }) => !bundled), [retained]);
};
