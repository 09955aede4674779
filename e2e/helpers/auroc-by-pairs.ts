/** A second implementation of AUROC by its definition: every anomalous image against every good one. */
import type { Snapshot } from '#store/automation.ts';

/** Probability that an anomalous image scores higher than a good one, ties as 1/2; O(n^2). */
export const aurocByPairs = (scores: readonly number[], anomalous: readonly boolean[]): number => {
  const good = scores.filter((_, index) => !anomalous[index]);
  const defective = scores.filter((_, index) => anomalous[index]);
  const wins = defective.flatMap((high) => good.map((low) => (high > low ? 1 : high === low ? 0.5 : 0)));
  return wins.reduce<number>((sum, win) => sum + win, 0) / wins.length;
};

/** The AUROC of the last evaluation, recomputed from its scores. */
export const aurocOfSnapshot = ({ evaluations, samples }: Snapshot): number =>
  aurocByPairs(
    evaluations.at(-1)?.scores ?? [],
    samples.filter(({ split }) => split === 'test').map(({ anomalous }) => anomalous),
  );
