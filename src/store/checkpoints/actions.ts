/** Makes checkpoints of the present run and its rivals, and resumes a run from them. */
import type { CheckpointFile } from '#worker/protocol.ts';
import type { TrainingClient } from '#worker/training-client.ts';
import type { StateApi } from '../app-state.ts';
import type { DatasetLoader } from '../dataset/actions.ts';
import { newId } from '../new-id.ts';
import type { LongCall, RunTasks } from '../run/run-tasks.ts';
import { requireDevice } from '../run/state.ts';
import type { QueuePolicy } from '../table/queue-guard.ts';
import { adoptOpened } from './adopt-opened.ts';

export interface CheckpointActions {
  /**
   * Makes a checkpoint of the present run and of each rival, while they train or rest.
   * @param withPast whether it contains the past epochs
   * @throws ResiduaError `no-run` without a step, for a failed run or one from files; `cancelled` if the run ends first
   */
  make(withPast: boolean): Promise<readonly CheckpointFile[]>;
  /**
   * Replaces the present run by that of the checkpoints, paused where it was. The loaded images must be its own. Never rejects:
   * errors go to `run.error`, and the present run stays.
   * @param files of all contestants, in order; they are transferred
   */
  resume(files: readonly ArrayBuffer[]): Promise<void>;
}

export const checkpointsPolicy: QueuePolicy<CheckpointActions> = {
  make: 'allow',
  resume: { refuse: 'training', report: 'run' },
};

/**
 * Creates the actions.
 * @param showAgain requests the view of the shown image
 */
export const createCheckpointActions = (
  api: StateApi,
  training: TrainingClient,
  dataset: Pick<DatasetLoader, 'imagesAt'>,
  tasks: RunTasks,
  showAgain: () => Promise<void>,
): CheckpointActions => {
  const resume = async (files: readonly ArrayBuffer[], call: LongCall): Promise<void> => {
    requireDevice(api.getState().run);
    const [info] = await training.request('openCheckpoint', files);
    if (!info) return;
    const taken = await dataset.imagesAt(info.config, call.signal);
    if (!taken) return;
    await adoptOpened(api, training, taken, call, newId());
    await showAgain();
  };
  return {
    make: (withPast) => training.request('checkpoint', { past: withPast }),
    resume: (files) => tasks.performLong('resuming', (call) => resume(files, call)),
  };
};
