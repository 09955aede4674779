/** The evaluations by which contestants are compared: the last ones at the same epoch. */
import type { Evaluation } from '#core/history.ts';
import type { Contestant } from '#store/race/state.ts';

/** Returns the places of the contestants to compare: one that failed before its first evaluation will never have one. */
export const countedPlaces = (
  contestants: readonly Pick<Contestant, 'status' | 'history'>[],
): readonly number[] =>
  contestants.flatMap(({ status, history }, place) =>
    status.phase === 'failed' && history.evaluations.length === 0 ? [] : [place],
  );

/**
 * Returns one evaluation per contestant, all after the same number of epochs; the last such ones. If they have no epoch in
 * common, as after a stop in the middle of one, each contestant's last.
 * @returns empty until each contestant has one
 */
export const commonEvaluations = (histories: readonly (readonly Evaluation[])[]): readonly Evaluation[] => {
  const last = histories.map((evaluations) => evaluations.at(-1));
  if (last.length === 0 || last.includes(undefined)) return [];
  const [first = [], ...others] = histories;
  const epoch = first.findLast((evaluation) =>
    others.every((evaluations) => evaluations.some((other) => other.epoch === evaluation.epoch)),
  )?.epoch;
  return histories.flatMap(
    (evaluations, place) =>
      evaluations.findLast((evaluation) => evaluation.epoch === epoch) ?? last[place] ?? [],
  );
};
