/**
 * Follows the present run: takes checkpoints while it trains, and deletes them once it is retained, reset or replaced. The newest
 * one stays in memory, for a recovery.
 */
import { asResiduaError, isCancelled } from '#core/errors.ts';
import type { RunPhase } from '#worker/protocol.ts';
import { type AppState, patch } from '../app-state.ts';
import { newId } from '../new-id.ts';
import { overallPhase } from '../run/state.ts';
import { beginsAnew } from '../runs/present-run.ts';
import { retainedRun } from '../runs/state.ts';
import type { CheckpointKeeper } from './checkpoint-keeper.ts';
import { CheckpointPace } from './checkpoint-pace.ts';
import { stepsOf } from './state.ts';
import type { LoadedStorage, RecentCheckpoint, StorageParts } from './storage-parts.ts';
import { describeCheckpoint, type StoredCheckpoint } from './stored-checkpoint.ts';

/** Larger past epochs are left out of checkpoints: writing them again and again would slow the training. */
const mostPastBytes = 32e6;

/** The present run, as far as its checkpoints are concerned. */
interface FollowedRun {
  readonly runId: string;
  readonly pace: CheckpointPace;
  /** Whether its checkpoints are stored. The queue of Table II has them in memory only. */
  readonly isStored: boolean;
  recent: RecentCheckpoint | undefined;
  /** `stepsOf` its newest checkpoint; 0 before the first. */
  takenStep: number;
  /** The same of the newest stored one. */
  storedStep: number;
  /** Whether a checkpoint is being taken, or all are being deleted. */
  busy: boolean;
  /** Whether the user was told that a checkpoint could not be stored; later ones are tried silently. */
  told: boolean;
}

export interface TrainingFollower {
  /** Takes a checkpoint of new steps now: the page is hidden, and may be closed in the next moment. */
  takeNow(): void;
  /** The next run of the page is the one of this checkpoint, which the caller has claimed. */
  expect(checkpoint: StoredCheckpoint): void;
  readonly expectSame: LoadedStorage['expectSame'];
  readonly recent: LoadedStorage['recent'];
}

/** Bytes of the past epochs of all contestants, as 16-bit numbers. */
const pastBytes = ({ run, race, dataset: { loaded } }: AppState): number => {
  const images = loaded?.samples.filter(({ split }) => split === 'test').length ?? 0;
  const evaluations = [run, ...race.rivals].reduce(
    (sum, { pastEvaluations }) => sum + pastEvaluations.length,
    0,
  );
  return evaluations * images * 3 * 2 * (loaded?.side ?? 0) ** 2;
};

const phaseOf = ({ run, race }: AppState): RunPhase => overallPhase(run, race);

/** Whether every contestant has a state that a checkpoint can hold. */
const canBeTaken = ({ run, race }: AppState): boolean =>
  [run, ...race.rivals].every(({ status }) => status.step > 0 && status.phase !== 'failed');

/** Whether the run, or every contestant of the race, is over and retained, or over for good. */
const isRetained = ({ run, race, runs }: AppState): boolean =>
  run.status.phase === 'finished' &&
  run.savedStep === run.status.step &&
  retainedRun(runs, runs.presentId) !== undefined &&
  race.rivals.every(
    ({ status }, index) =>
      status.phase === 'failed' ||
      (status.phase === 'finished' &&
        runs.retained.some((other) => other.race?.id === race.id && other.race?.place === index + 1)),
  );

/** Starts to follow the present run. */
export const followTraining = (
  { api, training, present, library, nowMs }: StorageParts,
  keeper: CheckpointKeeper,
): TrainingFollower => {
  let followed: FollowedRun | undefined;
  let expected: StoredCheckpoint | undefined;
  let expectsSame = false;

  const fail = (thrown: unknown): void => patch(api, 'storage', { error: asResiduaError(thrown).toPlain() });

  /** Takes a checkpoint, and leaves no trace if the run ends first. */
  const takeRecent = async (run: FollowedRun): Promise<RecentCheckpoint | undefined> => {
    const state = api.getState();
    const past = state.runs.keepsPast && pastBytes(state) <= mostPastBytes;
    const files = await training.request('checkpoint', { past });
    if (run !== followed || files.length === 0) return undefined;
    const trainMs = present.trainedMs();
    const checkpoint = describeCheckpoint(run.runId, files, { trainMs, raceId: api.getState().race.id });
    run.takenStep = checkpoint.step;
    run.recent = { checkpoint, files: files.map(({ bytes }) => bytes) };
    return run.recent;
  };

  /** Takes and stores a checkpoint. Returns false if the run ends first or nothing can be stored. */
  const takeAndStore = async (run: FollowedRun): Promise<boolean> => {
    const isClaimed = run.isStored && (await keeper.claim(run.runId));
    const recent = await takeRecent(run);
    if (!recent || !isClaimed) return recent !== undefined;
    await keeper.save(recent.checkpoint, recent.files);
    run.storedStep = recent.checkpoint.step;
    return true;
  };

  const take = async (run: FollowedRun): Promise<void> => {
    run.busy = true;
    const startMs = nowMs();
    const taken = await takeAndStore(run).catch((thrown: unknown) => {
      if (isCancelled(thrown)) return false;
      if (!run.told) fail(thrown);
      run.told = true;
      return false;
    });
    run.busy = false;
    run.pace.end(nowMs() - startMs);
    // A pause may have come in the meantime.
    if (taken && run === followed && phaseOf(api.getState()) === 'paused') takeNow();
  };

  const takeNow = (): void => {
    const state = api.getState();
    const phase = phaseOf(state);
    if (!followed || followed.busy || state.recovery.underWay) return;
    if (phase !== 'running' && phase !== 'paused') return;
    if (stepsOf(state) !== followed.takenStep && canBeTaken(state)) void take(followed);
  };

  /** Takes a checkpoint of a finished run, which is not stored: the library has it. */
  const takeFinished = async (run: FollowedRun): Promise<void> => {
    run.takenStep = stepsOf(api.getState());
    // Without one, a lost device takes the run from the worker, but not from the library.
    await takeRecent(run).catch(() => undefined);
  };

  /** Deletes the checkpoints of a run once the library has stored it. */
  const deleteRetained = async (run: FollowedRun): Promise<void> => {
    run.busy = true;
    try {
      await library.settled();
      const { runs } = api.getState();
      if (run !== followed || runs.memoryOnly || runs.unsaved.length > 0 || !isRetained(api.getState()))
        return;
      await keeper.removeRun(run.runId);
      run.storedStep = 0;
    } catch (thrown) {
      fail(thrown);
    } finally {
      run.busy = false;
    }
  };

  /** The run to follow from now on; undefined if the page has none, or one from files. */
  const nextFollowed = ({ run, table }: AppState): FollowedRun | undefined => {
    if (!run.summary || run.importedFrom !== undefined) return undefined;
    const pace = new CheckpointPace(nowMs);
    return {
      runId: expected?.runId ?? newId(),
      pace,
      isStored: table.phase === 'idle',
      recent: undefined,
      takenStep: expected?.step ?? 0,
      storedStep: expected?.step ?? 0,
      busy: false,
      told: false,
    };
  };

  const follow = (state: AppState): void => {
    const before = followed;
    if (expectsSame && before) {
      expectsSame = false;
      before.takenStep = stepsOf(state);
      return;
    }
    // The user started or reset it: an import, other images and another device leave the run to be resumed.
    const isReplaced = state.run.summary && state.run.importedFrom === undefined && !expected;
    followed = nextFollowed(state);
    expected = undefined;
    patch(api, 'storage', { presentId: followed?.isStored ? followed.runId : undefined });
    if (!before?.isStored || (before.storedStep === 0 && !before.busy)) return;
    if (isReplaced) void keeper.removeRun(before.runId).catch(fail);
    else keeper.release(before.runId);
  };

  /** Takes the last checkpoint of a finished run, and deletes the stored ones once it is retained. */
  const end = (state: AppState): void => {
    if (!followed || phaseOf(state) !== 'finished') return;
    if (followed.isStored && followed.takenStep !== stepsOf(state) && canBeTaken(state))
      void takeFinished(followed);
    if (followed.storedStep > 0 && !followed.busy && isRetained(state)) void deleteRetained(followed);
  };

  api.subscribe((state, before) => {
    if (beginsAnew(state, before)) follow(state);
    if (!followed) return;
    const phase = phaseOf(state);
    if (phase === 'running') {
      // A request during an evaluation would wait for its end, and seem to be slow.
      if (followed.pace.isDue && state.run.status.activity === 'training') takeNow();
    } else if (phase === 'paused') {
      if (phaseOf(before) !== 'paused') takeNow();
    } else end(state);
  });

  // A run may have begun before this code was loaded.
  if (api.getState().run.summary) follow(api.getState());

  return {
    takeNow,
    recent: () => followed?.recent,
    expectSame: () => {
      expectsSame = true;
    },
    expect: (checkpoint) => {
      expected = checkpoint;
    },
  };
};
