/** What an evaluation of the present run is beyond the variation model. */
import { useMemo } from 'react';
import type { Evaluation } from '#core/history.ts';
import type { PairedDifference } from '#core/metrics/paired-difference.ts';
import { presentDifference } from '#store/baselines/baseline-difference.ts';
import { useApp } from './store-context.ts';

/** Undefined where the references are not known for the settings of the evaluation. */
export const useDifference = (evaluation: Evaluation | undefined): PairedDifference | undefined => {
  const baselines = useApp((state) => state.baselines);
  const dataset = useApp((state) => state.dataset);
  return useMemo(
    () => presentDifference({ baselines, dataset }, evaluation),
    [baselines, dataset, evaluation],
  );
};
