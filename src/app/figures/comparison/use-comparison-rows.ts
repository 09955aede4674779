/** The rows of the comparison: the present run. */
import { useMemo } from 'react';
import { latestEvaluation } from '#store/run-state.ts';
import { useApp } from '../../hooks/store-context.ts';
import { lossLabels } from '../../loss-labels.ts';
import type { ComparisonRow } from './comparison-row.ts';

export const useComparisonRows = (): readonly ComparisonRow[] => {
  const config = useApp(({ run }) => run.configured ?? run.config);
  const view = useApp((state) => state.view.sample);
  const auroc = useApp((state) => latestEvaluation(state.run)?.imageAuroc);
  return useMemo(
    () => [
      {
        id: 'present',
        label: lossLabels[config.loss],
        loss: config.loss,
        config,
        auroc,
        view,
        problem: undefined,
      },
    ],
    [config, view, auroc],
  );
};
