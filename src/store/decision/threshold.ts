/** The threshold that the chosen policy sets on the scores of the latest evaluation. */
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
import { latestEvaluation, overallPhase } from '../run/state.ts';
import type { GoodTrainingScores } from './state.ts';

/** The inputs of a threshold. */
export interface ThresholdInputs {
  readonly policy: ThresholdPolicy;
  readonly evaluation: Evaluation | undefined;
  /** Samples of the loaded images; undefined without images. */
  readonly samples: readonly SampleInfo[] | undefined;
  readonly goodTrainingScores: GoodTrainingScores;
  /** Whether any contestant is running; the good training images are scored only after it. */
  readonly running: boolean;
}

const none = (reason: string): ChosenThreshold => ({ defined: false, reason });

/** Returns why the good training images have no scores for this evaluation; undefined if they have scores. */
const whyWithoutGoodScores = (
  { goodTrainingScores: good, running, samples }: ThresholdInputs,
  evaluation: Evaluation,
): string | undefined => {
  const isOfEvaluation = good.phase !== 'none' && good.evaluation === evaluation;
  if (isOfEvaluation) {
    if (good.phase === 'ready') return undefined;
    if (good.phase === 'failed') return good.error.problem;
  }
  if (!samples?.some(({ split, anomalous }) => split === 'train' && !anomalous)) {
    return 'There are no good training images.';
  }
  if (running) return 'Set once training pauses, from good training images.';
  const share = isOfEvaluation && good.phase === 'computing' ? good.progress?.share : undefined;
  return share === undefined
    ? 'Scoring training images'
    : `Scoring training images, ${Math.floor(100 * share)} %`;
};

/** Returns the scores of good images that belong to an evaluation; empty if none exist. */
export const goodScoresOf = (
  good: GoodTrainingScores,
  evaluation: Evaluation,
): Pick<ThresholdData, 'goodTrainingScores' | 'heldOut'> =>
  good.phase === 'ready' && good.evaluation === evaluation
    ? { goodTrainingScores: good.scores, heldOut: good.heldOut }
    : { goodTrainingScores: [], heldOut: false };

/** Computes the threshold, or the reason why none exists. */
export const thresholdOf = (inputs: ThresholdInputs): ChosenThreshold => {
  const { policy, evaluation, samples, goodTrainingScores: good } = inputs;
  if (!evaluation || !samples) return none('Nothing is evaluated yet.');
  const { anomalous } = labelsOf(samples);
  if (anomalous.length !== evaluation.scores.length) return none('The evaluation belongs to other images.');
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

/** Selects the inputs of the threshold from the state. */
export const thresholdInputs = ({ dataset, run, race, decision }: AppState): ThresholdInputs => ({
  policy: decision.policy,
  evaluation: latestEvaluation(run),
  samples: dataset.loaded?.samples,
  goodTrainingScores: decision.goodTrainingScores,
  running: overallPhase(run, race) === 'running',
});

let known: { readonly inputs: ThresholdInputs; readonly threshold: ChosenThreshold } | undefined;

const areSame = (a: ThresholdInputs, b: ThresholdInputs): boolean =>
  a.policy === b.policy &&
  a.evaluation === b.evaluation &&
  a.samples === b.samples &&
  a.goodTrainingScores === b.goodTrainingScores &&
  a.running === b.running;

/** Returns the threshold, or the reason why none exists; the same object until an input changes. */
export const chosenThreshold = (state: AppState): ChosenThreshold => {
  const inputs = thresholdInputs(state);
  if (!known || !areSame(known.inputs, inputs)) known = { inputs, threshold: thresholdOf(inputs) };
  return known.threshold;
};
