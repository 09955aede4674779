/** Updates the estimate of the next run after changes of settings, images and device. */
import { asResiduaError } from '#core/errors.ts';
import { contestantConfigs } from '#core/race.ts';
import type { RunEstimate } from '#worker/protocol.ts';
import type { TrainingClient } from '#worker/training-client.ts';
import { type AppState, patch, type StateApi } from '../app-state.ts';
import { overallPhase } from './state.ts';

/** Waits for the last of several changes in a row, as a slider or a typed number causes them. */
const settleMs = 200;

/** The inputs of an estimate. */
const causesOf = ({ run, race, dataset }: AppState): readonly unknown[] => [
  run.config,
  race.planned,
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

/** @throws ResiduaError (as rejection) if a run does not fit the device, or a rival's settings are invalid */
const requestEstimate = async (training: TrainingClient, { run, race }: AppState): Promise<RunEstimate> =>
  race.planned.length === 0
    ? training.request('estimate', run.config)
    : training.request('estimateRace', contestantConfigs(run.config, race.planned));

/** Asks the worker again after each change, and drops outdated answers. Returns a function that stops this. */
export const syncEstimate = (api: StateApi, training: TrainingClient): (() => void) => {
  let answered: readonly unknown[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;

  const isAnswered = (causes: readonly unknown[]): boolean =>
    causes.every((cause, index) => cause === answered[index]) && causes.length === answered.length;

  const ask = async (): Promise<void> => {
    timer = undefined;
    const causes = causesOf(api.getState());
    if (!isPossible(api.getState()) || isAnswered(causes)) return;
    answered = causes;
    const isLate = (): boolean => !isAnswered(causes);
    try {
      const estimate = await requestEstimate(training, api.getState());
      if (!isLate()) patch(api, 'run', { estimate: { phase: 'ready', estimate, current: true } });
    } catch (thrown) {
      const error = asResiduaError(thrown).toPlain();
      if (!isLate()) patch(api, 'run', { estimate: { phase: 'refused', error } });
    }
  };

  const end = api.subscribe((state) => {
    if (isAnswered(causesOf(state))) return;
    if (timer === undefined && isPossible(state)) timer = setTimeout(() => void ask(), settleMs);
    const { estimate } = state.run;
    if (estimate.phase !== 'ready' || !estimate.current) return;
    patch(api, 'run', { estimate: { ...estimate, current: false } });
  });
  return () => {
    clearTimeout(timer);
    end();
  };
};
