/** Makes checkpoints of the present run and its rivals, and resumes a run from them. */
import { variantOf } from '#core/race.ts';
import { StepHistory } from '#core/step-history.ts';
import type { CheckpointFile, ResumedRun } from '#worker/protocol.ts';
import type { TrainingClient } from '#worker/training-client.ts';
import { type AppState, patch, type StateApi } from '../app-state.ts';
import type { DatasetLoader } from '../dataset/actions.ts';
import { newId } from '../new-id.ts';
import { type Contestant, withoutRivals, withRival } from '../race/state.ts';
import { withSpectra } from '../run/loss-spectra.ts';
import type { LongCall, RunTasks } from '../run/run-tasks.ts';
import { requireDevice } from '../run/state.ts';
import type { QueuePolicy } from '../table/queue-guard.ts';

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

const columnsOf = ({ history }: ResumedRun): Contestant['history'] => ({
  ...history,
  steps: StepHistory.of(history.steps),
});

/** A finished rival is paused here: its own status follows, so it is retained with the resumed race. */
const rivalOf = (resumed: ResumedRun): Contestant => ({
  config: resumed.config,
  summary: resumed.summary,
  status: { ...resumed.status, phase: 'paused' },
  history: columnsOf(resumed),
  pastEvaluations: resumed.kept,
  sample: undefined,
  failure: undefined,
});

const isExact = ({ sameDevice, reproduced = true }: ResumedRun): boolean => sameDevice && reproduced;

/** The state with resumed runs, the present one first. */
const withResumed = (
  state: AppState,
  [first, ...rivals]: readonly [ResumedRun, ...ResumedRun[]],
): AppState => {
  const { config, summary, status, history, kept, categoryName } = first;
  return {
    ...state,
    view: { ...state.view, sample: undefined, earlierRun: undefined, pastStep: undefined },
    run: {
      ...state.run,
      config,
      configured: config,
      history: columnsOf(first),
      summary,
      status,
      pastEvaluations: kept,
      spectraByLoss: withSpectra(state.run.spectraByLoss, config, categoryName, history.spectra),
      importedFrom: undefined,
      resumed: { step: status.step, exact: [first, ...rivals].every(isExact) },
      failure: undefined,
      savedStep: 0,
    },
    race: {
      ...state.race,
      planned: rivals.map((rival) => variantOf(config, rival.config)),
      ...(rivals.length === 0 ? withoutRivals : { rivals: rivals.map(rivalOf), id: newId() }),
    },
  };
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
    const taken = await dataset.imagesAt(info.config.side, call.signal);
    if (!taken) return;
    const [first, ...rivals] = await training.request('resumeRun', { images: taken.images }, call);
    if (!first) return;
    taken.taken();
    api.setState((state) => withResumed(taken.shownIn(state), [first, ...rivals]));
    for (const [index, { status }] of rivals.entries()) {
      const { rivals: present } = api.getState().race;
      const rival = present[index];
      if (rival) patch(api, 'race', { rivals: withRival(present, index + 1, { ...rival, status }) });
    }
    await showAgain();
  };
  return {
    make: (withPast) => training.request('checkpoint', { past: withPast }),
    resume: (files) => tasks.performLong('importing', (call) => resume(files, call)),
  };
};
