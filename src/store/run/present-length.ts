/** The length of the present run. */
import { type RunLength, runLengthOf, stoppedWords } from '#core/run-length.ts';
import type { AppState } from '../app-state.ts';

/** Returns the length of the present run so far; undefined without a run. */
export const presentLength = ({ run }: Pick<AppState, 'run'>): RunLength | undefined =>
  run.configured && runLengthOf(run.history.steps, run.status.stepsPerEpoch, run.configured.epochs);

/** Returns `stopped at epoch 12 of 40` if the present run is over before its planned end. */
export const presentStopped = (state: Pick<AppState, 'run'>): string | undefined => {
  const { phase, step } = state.run.status;
  const length = phase === 'finished' && step > 0 ? presentLength(state) : undefined;
  return length && stoppedWords(length);
};
