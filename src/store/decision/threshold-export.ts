/** The threshold in the form in which it is exported with a run. */
import { type ThresholdRecord, thresholdRecord } from '#core/metrics/threshold-record.ts';
import type { AppState } from '../app-state.ts';
import { latestEvaluation, overallPhase } from '../run/state.ts';
import { chosenThreshold, goodScoresOf } from './threshold.ts';

/** Returns the present threshold; undefined if there is none. */
export const presentThresholdRecord = (state: AppState): ThresholdRecord | undefined => {
  const { decision, run } = state;
  const evaluation = latestEvaluation(run);
  if (!evaluation) return undefined;
  const good = goodScoresOf(decision.goodTrainingScores, evaluation);
  return thresholdRecord(decision.policy, chosenThreshold(state), { testScores: evaluation.scores, ...good });
};

/** Whether the threshold is final: it does not wait for scores. */
export const isThresholdSettled = ({
  decision: { policy, goodTrainingScores: good },
  run,
  race,
  dataset,
}: AppState): boolean =>
  policy.kind !== 'good-quantile' ||
  overallPhase(run, race) === 'running' ||
  latestEvaluation(run) === undefined ||
  dataset.loaded === undefined ||
  good.phase === 'ready' ||
  good.phase === 'failed';
