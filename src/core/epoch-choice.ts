/** How the epoch of an evaluation came to be chosen: a figure of an epoch that was picked for its test score is no result. */
import type { Evaluation } from './history.ts';

/**
 * - `planned-end`: the last epoch of the settings, fixed before any test image was scored.
 * - `stopped-early`: the last evaluation of a run that has not reached that epoch. Its end was set, or may still be, with
 *   the test score in view.
 * - `chosen-on-test`: an earlier evaluation. Whoever quotes it has chosen it by looking at the test set.
 */
export const epochChoices = ['planned-end', 'stopped-early', 'chosen-on-test'] as const;

export type EpochChoice = (typeof epochChoices)[number];

/** The mark in words; empty where there is nothing to mark. */
export const epochChoiceWords: Readonly<Record<EpochChoice, string>> = {
  'planned-end': '',
  'stopped-early': 'before the planned end',
  'chosen-on-test': 'chosen by looking at the test set',
};

/** What an evaluation is placed by. */
type Placed = Pick<Evaluation, 'epoch' | 'step'>;

/**
 * The choice behind an evaluation of a run.
 * @param evaluations all of the run, in order
 * @param plannedEpochs `epochs` of its settings
 */
export const epochChoiceOf = (
  { epoch, step }: Placed,
  evaluations: readonly Placed[],
  plannedEpochs: number,
): EpochChoice => {
  if (step < (evaluations.at(-1)?.step ?? step)) return 'chosen-on-test';
  return epoch >= plannedEpochs ? 'planned-end' : 'stopped-early';
};

/** The highest image AUROC of a run: a remark, never its result. */
export interface BestOnTest {
  readonly epoch: number;
  readonly step: number;
  readonly imageAuroc: number;
}

/** The first of the evaluations with the highest image AUROC; undefined if none is defined. */
export const bestOnTest = (
  evaluations: readonly Pick<Evaluation, 'epoch' | 'step' | 'imageAuroc'>[],
): BestOnTest | undefined =>
  evaluations.reduce<BestOnTest | undefined>((best, { epoch, step, imageAuroc }) => {
    if (!imageAuroc.defined || (best && best.imageAuroc >= imageAuroc.value)) return best;
    return { epoch, step, imageAuroc: imageAuroc.value };
  }, undefined);
