/** The note of an exported chart of the decision: the run, the epoch and the score. */
import type { Evaluation } from '#core/history.ts';
import { scoreInWords } from '../shared/labels.ts';
import { useFigureNote } from '../shared/use-figure-note.ts';

export const useDecisionNote = (evaluation: Evaluation | undefined): string => {
  const run = useFigureNote();
  return evaluation
    ? `${run}; epoch ${evaluation.epoch}, BN ${evaluation.batchNorm}; score: ${scoreInWords(evaluation)}`
    : run;
};
