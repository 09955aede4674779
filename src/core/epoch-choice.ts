/** How an evaluation's epoch was chosen. A figure of an epoch that was picked by its test score is not a result. */
import type { Evaluation } from './history.ts';

/**
 * - `planned-end`: the last epoch of the settings, fixed before any test image was scored.
 * - `stopped-early`: the last evaluation of a run that has not reached that epoch. The test score was visible when its end
 *   was chosen, or will be.
 * - `chosen-on-test`: an earlier evaluation. Quoting it means choosing by the test set.
 */
export const epochChoices = ['planned-end', 'stopped-early', 'chosen-on-test'] as const;

export type EpochChoice = (typeof epochChoices)[number];

/** The label for each choice; empty if the choice needs no remark. */
export const epochChoiceWords: Readonly<Record<EpochChoice, string>> = {
  'planned-end': '',
  'stopped-early': 'before the planned end',
  'chosen-on-test': 'chosen by looking at the test set',
};

/** The position of an evaluation in its run. */
type Placed = Pick<Evaluation, 'epoch' | 'step'>;

/**
 * Returns how an evaluation's epoch was chosen.
 * @param evaluations all evaluations of the run, in order
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

/** Returns the first evaluation with the highest image AUROC; undefined if no AUROC is defined. */
export const bestOnTest = (
  evaluations: readonly Pick<Evaluation, 'epoch' | 'step' | 'imageAuroc'>[],
): BestOnTest | undefined =>
  evaluations.reduce<BestOnTest | undefined>((best, { epoch, step, imageAuroc }) => {
    if (!imageAuroc.defined || (best && best.imageAuroc >= imageAuroc.value)) return best;
    return { epoch, step, imageAuroc: imageAuroc.value };
  }, undefined);
