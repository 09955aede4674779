/** While the queue runs, nothing else may take the images, the settings or the run away from under it. */
import { ResiduaError } from '#core/errors.ts';
import { patch, type StateApi } from '../app-state.ts';
import type { DatasetActions } from '../dataset/actions.ts';
import type { RunActions } from '../run/actions.ts';

const queueRuns = (): ResiduaError =>
  new ResiduaError(
    'queue-running',
    'The queue of Table II is running: images, settings and training are its own.',
    'Pause the queue first, on the page Table II.',
  );

/**
 * The dataset's and the run's actions as everyone but the queue has them: while it runs, what would disturb it is refused,
 * in the way in which each action tells its errors. Pausing and stopping are let through: the queue follows.
 */
export const guardActions = (
  api: StateApi,
  dataset: DatasetActions,
  run: RunActions,
): { readonly dataset: DatasetActions; readonly run: RunActions } => {
  const isRunning = (): boolean => api.getState().table.phase !== 'idle';
  const refuse =
    (slice: 'dataset' | 'run') =>
    <Args extends readonly unknown[]>(action: (...args: Args) => Promise<void>) =>
    async (...args: Args): Promise<void> => {
      if (!isRunning()) return action(...args);
      patch(api, slice, { error: queueRuns().toPlain() });
    };
  const throwing =
    <Args extends readonly unknown[]>(action: (...args: Args) => void) =>
    (...args: Args): void => {
      if (isRunning()) throw queueRuns();
      action(...args);
    };
  const ofDataset = refuse('dataset');
  const ofRun = refuse('run');
  return {
    dataset: {
      ...dataset,
      loadSample: ofDataset(dataset.loadSample),
      loadFiles: ofDataset(dataset.loadFiles),
      loadCategory: ofDataset(dataset.loadCategory),
      chooseCategory: ofDataset(dataset.chooseCategory),
    },
    run: {
      ...run,
      chooseDevice: ofRun(run.chooseDevice),
      setConfig: throwing(run.setConfig),
      applyPreset: throwing(run.applyPreset),
      openLink: (fragment) => {
        if (isRunning()) patch(api, 'run', { error: queueRuns().toPlain() });
        else run.openLink(fragment);
      },
      revertSettings: throwing(run.revertSettings),
      start: ofRun(run.start),
      step: ofRun(run.step),
      reset: ofRun(run.reset),
      importRun: ofRun(run.importRun),
      importFiles: ofRun(run.importFiles),
    },
  };
};
