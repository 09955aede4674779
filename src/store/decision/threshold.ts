/** The threshold of the policy that is chosen, on the latest evaluation. */
import type { SampleInfo } from '#core/dataset.ts';
import type { Evaluation } from '#core/history.ts';
import {
  type ChosenThreshold,
  chooseThreshold,
  type ThresholdData,
  type ThresholdPolicy,
} from '#core/metrics/threshold.ts';
import type { AppState } from '../app-state.ts';
import { labelsOf } from '../dataset/image-labels.ts';
import { latestEvaluation } from '../run/state.ts';
import type { GoodTrainingScores } from './state.ts';

/** What a threshold follows from. */
export interface ThresholdInputs {
  readonly policy: ThresholdPolicy;
  readonly evaluation: Evaluation | undefined;
  /** Samples of the loaded images; undefined where there are none. */
  readonly samples: readonly SampleInfo[] | undefined;
  readonly goodTrainingScores: GoodTrainingScores;
  /** Whether the run is running: the good training images wait until it is not. */
  readonly running: boolean;
}

const none = (reason: string): ChosenThreshold => ({ defined: false, reason });

/** Why there are no scores of good training images for this evaluation; undefined where there are. */
const whyWithoutGoodScores = (
  { goodTrainingScores: good, running, samples }: ThresholdInputs,
  evaluation: Evaluation,
): string | undefined => {
  if (good.phase !== 'none' && good.evaluation === evaluation) {
    if (good.phase === 'ready') return undefined;
    if (good.phase === 'failed') return good.error.problem;
  }
  if (!samples?.some(({ split, anomalous }) => split === 'train' && !anomalous)) {
    return 'There are no good training images.';
  }
  return running
    ? 'The good training images are scored once training pauses.'
    : 'The good training images are being scored.';
};

/** The scores that belong to an evaluation; none where they are not there. */
export const goodScoresOf = (
  good: GoodTrainingScores,
  evaluation: Evaluation,
): Pick<ThresholdData, 'goodTrainingScores' | 'heldOut'> =>
  good.phase === 'ready' && good.evaluation === evaluation
    ? { goodTrainingScores: good.scores, heldOut: good.heldOut }
    : { goodTrainingScores: [], heldOut: false };

/** The threshold, or why there is none. Computes anew on each call. */
export const thresholdOf = (inputs: ThresholdInputs): ChosenThreshold => {
  const { policy, evaluation, samples, goodTrainingScores: good } = inputs;
  if (!evaluation || !samples) return none('Nothing is evaluated yet.');
  const { anomalous } = labelsOf(samples);
  if (anomalous.length !== evaluation.scores.length) return none('The evaluation is of other images.');
  if (policy.kind === 'good-quantile') {
    const reason = whyWithoutGoodScores(inputs, evaluation);
    if (reason !== undefined) return none(reason);
  }
  return chooseThreshold(policy, {
    testScores: evaluation.scores,
    testAnomalous: anomalous,
    ...goodScoresOf(good, evaluation),
  });
};

/** What the threshold follows from in the page's state. */
export const thresholdInputs = ({ dataset, run, decision }: AppState): ThresholdInputs => ({
  policy: decision.policy,
  evaluation: latestEvaluation(run),
  samples: dataset.loaded?.samples,
  goodTrainingScores: decision.goodTrainingScores,
  running: run.status.phase === 'running',
});

let known: { readonly inputs: ThresholdInputs; readonly threshold: ChosenThreshold } | undefined;

const areSame = (a: ThresholdInputs, b: ThresholdInputs): boolean =>
  a.policy === b.policy &&
  a.evaluation === b.evaluation &&
  a.samples === b.samples &&
  a.goodTrainingScores === b.goodTrainingScores &&
  a.running === b.running;

/** The threshold, or why there is none: the same object until something changes that it follows from. */
export const chosenThreshold = (state: AppState): ChosenThreshold => {
  const inputs = thresholdInputs(state);
  if (!known || !areSame(known.inputs, inputs)) known = { inputs, threshold: thresholdOf(inputs) };
  return known.threshold;
};
