/** The browser's storage: checkpoints, the interrupted run that can be resumed, kept images, and the room for them. */
import type { PlainError } from '#core/errors.ts';
import type { RaceState } from '../race/state.ts';
import { losesWeights, type RunState } from '../run/state.ts';
import type { ImagesRecord } from './kept-images.ts';
import type { StorageRoom } from './open-storage.ts';
import type { StoredCheckpoint, UnreadableCheckpoint } from './stored-checkpoint.ts';

export interface StorageState {
  /** All checkpoints, newest first. */
  readonly stored: readonly StoredCheckpoint[];
  readonly unreadable: readonly UnreadableCheckpoint[];
  /** Ids of the runs that other pages of this browser train. */
  readonly elsewhere: ReadonlySet<string>;
  /** Id of the present run in the storage; undefined if none of its kind is stored (imported runs, races, Table II). */
  readonly presentId: string | undefined;
  /** The checkpoint that is resumed as soon as the images of its category are loaded. */
  readonly awaited: StoredCheckpoint | undefined;
  /** Kept image sets, newest first. */
  readonly images: readonly ImagesRecord[];
  /** Whether the images of opened folders are kept. */
  readonly keepsImages: boolean;
  /** Undefined before the storage is read. */
  readonly room: StorageRoom | undefined;
  /** Why nothing is stored; undefined if it is. */
  readonly unavailable: PlainError | undefined;
  readonly error: PlainError | undefined;
}

export const initialStorage: StorageState = {
  stored: [],
  unreadable: [],
  elsewhere: new Set(),
  presentId: undefined,
  awaited: undefined,
  images: [],
  keepsImages: false,
  room: undefined,
  unavailable: undefined,
  error: undefined,
};

/** The newest checkpoint of each run that no page trains, the newest first. */
export const resumable = ({ stored, elsewhere, presentId }: StorageState): readonly StoredCheckpoint[] =>
  stored.filter(
    ({ runId }, index) =>
      runId !== presentId &&
      !elsewhere.has(runId) &&
      stored.findIndex((other) => other.runId === runId) === index,
  );

/** The state of the present run and its rivals. */
interface Training {
  readonly run: RunState;
  readonly race: Pick<RaceState, 'rivals'>;
}

/** Completed optimizer steps of all contestants together. */
export const stepsOf = ({ run, race }: Training): number =>
  race.rivals.reduce((sum, { status }) => sum + status.step, run.status.step);

/** Whether a checkpoint has the present state of all contestants. */
export const isCheckpointed = (state: Training & { readonly storage: StorageState }): boolean => {
  const { stored, presentId } = state.storage;
  return stored.some(({ runId, step }) => runId === presentId && step === stepsOf(state));
};

/** Whether another run in place of the present one would lose weights: they are neither retained nor in a checkpoint. */
export const losesProgress = (state: Training & { readonly storage: StorageState }): boolean =>
  losesWeights(state) && !isCheckpointed(state);

/** The checkpoint that the page offers to resume: the newest one, while nothing trains. */
export const offered = ({
  storage,
  run,
}: {
  readonly storage: StorageState;
  readonly run: RunState;
}): StoredCheckpoint | undefined =>
  run.status.phase === 'running' ? undefined : (storage.awaited ?? resumable(storage)[0]);
