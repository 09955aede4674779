/** Asks for the presets by time whenever the images, the device or its measured pace change. */
import type { TrainingClient } from '#worker/training-client.ts';
import { type AppState, patch, type StateApi } from '../app-state.ts';
import { overallPhase } from './state.ts';

const causesOf = ({ run, dataset }: AppState): readonly unknown[] => [
  dataset.loaded,
  run.device,
  // The run has measured the device's pace by then.
  run.status.phase === 'paused' || run.status.phase === 'finished',
];

const isPossible = ({ run, race, dataset }: AppState): boolean =>
  run.device.phase === 'ready' &&
  dataset.loaded !== undefined &&
  overallPhase(run, race) !== 'running' &&
  run.task === undefined;

/** Returns a function that stops asking. A refusal leaves no presets by time: the estimate says why. */
export const syncTimedPresets = (api: StateApi, training: TrainingClient): (() => void) => {
  let asked: readonly unknown[] = [];
  const isAsked = (causes: readonly unknown[]): boolean =>
    causes.length === asked.length && causes.every((cause, index) => cause === asked[index]);
  return api.subscribe((state) => {
    const causes = causesOf(state);
    if (isAsked(causes) || !isPossible(state)) return;
    asked = causes;
    training.request('timedPresets').then(
      (timedPresets) => {
        if (isAsked(causes)) patch(api, 'run', { timedPresets });
      },
      () => {
        if (isAsked(causes)) patch(api, 'run', { timedPresets: undefined });
      },
    );
  });
};
