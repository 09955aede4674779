/** The past evaluation of the shown image. */
import type { PastEvaluation } from '#core/history.ts';
import type { AppState } from '../app-state.ts';

/** Step of the past evaluation whose reconstruction is shown; undefined for the latest one and for training images. */
export const pastStepOf = ({ dataset, view }: Pick<AppState, 'dataset' | 'view'>): number | undefined => {
  const sample = view.selected === undefined ? undefined : dataset.loaded?.samples[view.selected];
  return sample?.split === 'test' ? view.pastStep : undefined;
};

/** Returns the past evaluation with the nearest step; undefined if there is none. */
export const nearestPast = (past: readonly PastEvaluation[], step: number): PastEvaluation | undefined =>
  past.reduce<PastEvaluation | undefined>(
    (best, evaluation) =>
      best && Math.abs(best.step - step) <= Math.abs(evaluation.step - step) ? best : evaluation,
    undefined,
  );
