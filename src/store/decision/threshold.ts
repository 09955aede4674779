/** The threshold of the policy that is chosen, on the latest evaluation. */
import { type ChosenThreshold, chooseThreshold } from '#core/metrics/threshold.ts';
import type { AppState } from '../app-state.ts';
import { labelsOf } from '../image-labels.ts';
import { latestEvaluation } from '../run-state.ts';

const none = (reason: string): ChosenThreshold => ({ defined: false, reason });

/** The threshold, or why there is none. Computes anew on each call: memoise by its inputs where that matters. */
export const chosenThreshold = ({ dataset, run, decision }: AppState): ChosenThreshold => {
  const evaluation = latestEvaluation(run);
  if (!evaluation || !dataset.loaded) return none('Nothing is evaluated yet.');
  const good = decision.goodTrainingScores;
  return chooseThreshold(decision.policy, {
    testScores: evaluation.scores,
    testAnomalous: labelsOf(dataset.loaded.samples).anomalous,
    goodTrainingScores: good.phase === 'ready' && good.evaluation === evaluation ? good.scores : [],
  });
};
