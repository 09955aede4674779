/** The differences in AUROC between the contestants of a race, with paired intervals. */
import { baselineBootstrapSeed } from '#core/baselines/baseline-evaluation.ts';
import { evaluationSettingNames } from '#core/evaluation-settings.ts';
import type { Evaluation } from '#core/history.ts';
import { type PairedDifference, pairedAurocDifference } from '#core/metrics/paired-difference.ts';
import type { RaceDifference } from '#core/race-result.ts';
import type { AppState } from '../app-state.ts';
import { labelsOf } from '../dataset/image-labels.ts';
import { contestantsOf } from './state.ts';

/** Cached per pair of score arrays: a bootstrap takes milliseconds, and many parts of the page show its result. */
const known = new WeakMap<Float64Array, WeakMap<Float64Array, PairedDifference>>();

const differenceOf = (
  first: Float64Array,
  second: Float64Array,
  anomalous: readonly boolean[],
): PairedDifference => {
  const ofFirst = known.get(first) ?? new WeakMap<Float64Array, PairedDifference>();
  known.set(first, ofFirst);
  const difference =
    ofFirst.get(second) ?? pairedAurocDifference(first, second, anomalous, { seed: baselineBootstrapSeed });
  ofFirst.set(second, difference);
  return difference;
};

const isScoredAlike = (first: Evaluation, second: Evaluation): boolean =>
  evaluationSettingNames.every((name) => first[name] === second[name]);

/** The last evaluations of two contestants at one epoch, by the same score. */
const lastCommon = (
  first: readonly Evaluation[],
  second: readonly Evaluation[],
  lastEpoch: number,
): readonly [Evaluation, Evaluation] | undefined => {
  for (const evaluation of first.toReversed()) {
    if (evaluation.epoch > lastEpoch) continue;
    const other = second.findLast(({ epoch }) => epoch === evaluation.epoch);
    if (other && isScoredAlike(evaluation, other)) return [evaluation, other];
  }
  return undefined;
};

/**
 * Returns the difference of each pair of contestants, at the last epoch at which both were evaluated by the same score.
 * @param lastEpoch the latest epoch to consider; the last by default
 */
export const raceDifferences = (
  state: Pick<AppState, 'run' | 'view' | 'race' | 'dataset'>,
  lastEpoch = Number.POSITIVE_INFINITY,
): readonly RaceDifference[] => {
  const contestants = contestantsOf(state);
  const { anomalous } = labelsOf(state.dataset.loaded?.samples ?? []);
  return contestants.flatMap((one, first) =>
    contestants.slice(first + 1).flatMap((other, offset) => {
      const common = lastCommon(one.history.evaluations, other.history.evaluations, lastEpoch);
      if (!common) return [];
      const [ofOne, ofOther] = common;
      if (ofOne.scores.length !== anomalous.length || ofOther.scores.length !== anomalous.length) return [];
      const difference = differenceOf(ofOne.scores, ofOther.scores, anomalous);
      return [{ first, second: first + 1 + offset, epoch: ofOne.epoch, difference }];
    }),
  );
};
