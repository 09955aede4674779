/** How the run that exists differs from the paper's experiment. */
import { useMemo } from 'react';
import type { Evaluation } from '#core/history.ts';
import { comparePaper, type PaperComparison } from '#core/paper-differences/paper-differences.ts';
import {
  asOfEvaluation,
  presentConfig,
  presentData,
  presentMicroBatch,
} from '#store/run/present-comparison.ts';
import { useApp } from '../store-context.ts';

/** As of an evaluation of it; undefined means all of its epochs. */
export const usePresentDifferences = (evaluation: Evaluation | undefined): PaperComparison => {
  const config = useApp(presentConfig);
  const microBatch = useApp(presentMicroBatch);
  const data = useApp(presentData);
  return useMemo(
    () => comparePaper(asOfEvaluation({ config, microBatch, data }, evaluation)),
    [config, microBatch, data, evaluation],
  );
};
