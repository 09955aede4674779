/** Which past evaluation the shown image is of. */
import type { KeptEvaluation } from '#core/history.ts';
import type { AppState } from '../app-state.ts';

/** Step of the past evaluation as of which the chosen sample is shown; undefined for the latest, and for training images. */
export const pastStepOf = ({ dataset, view }: Pick<AppState, 'dataset' | 'view'>): number | undefined => {
  const sample = view.selected === undefined ? undefined : dataset.loaded?.samples[view.selected];
  return sample?.split === 'test' ? view.pastStep : undefined;
};

/** The kept evaluation whose step is nearest; undefined where none is kept. */
export const nearestPast = (kept: readonly KeptEvaluation[], step: number): KeptEvaluation | undefined =>
  kept.reduce<KeptEvaluation | undefined>(
    (best, evaluation) =>
      best && Math.abs(best.step - step) <= Math.abs(evaluation.step - step) ? best : evaluation,
    undefined,
  );
