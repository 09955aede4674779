/** A color scale of the residuals that moves slowly while a run trains. */
import type { Evaluation } from '#core/history.ts';
import { isMadeWith } from '#core/scores/compare-scores.ts';

/** The scale changes at most by this factor from one evaluation to the next. */
export const largestScaleStep = 1.25;

/**
 * Upper end of the color scale that all residual maps of a run share, at its last evaluation. It follows the test set's scale
 * (`Evaluation.residualScale`) by at most a quarter per evaluation, so that pictures of two evaluations can be compared. It
 * starts again when the score changes.
 * @returns undefined without test images, or without an evaluation
 */
export const steadyResidualScale = (evaluations: readonly Evaluation[]): number | undefined => {
  const latest = evaluations.at(-1);
  if (!latest) return undefined;
  let scale: number | undefined;
  for (const evaluation of evaluations) {
    if (!isMadeWith(evaluation, latest)) scale = undefined;
    else {
      const next = evaluation.residualScale;
      if (!(next > 0)) continue;
      scale =
        scale === undefined
          ? next
          : Math.min(scale * largestScaleStep, Math.max(scale / largestScaleStep, next));
    }
  }
  return scale;
};
