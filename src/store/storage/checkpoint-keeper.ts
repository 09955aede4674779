/** Keeps checkpoints within the room that there is, and changes no checkpoint of a run that another tab trains. */
import { asResiduaError, type PlainError, ResiduaError } from '#core/errors.ts';
import { patch, type StateApi } from '../app-state.ts';
import type { CheckpointKey } from './checkpoint-storage.ts';
import type { OpenStorage } from './open-storage.ts';
import type { StorageTurns } from './storage-turns.ts';
import type { StoredCheckpoint } from './stored-checkpoint.ts';

/** Interrupted runs that are kept: the oldest beyond them are deleted. */
const mostRuns = 4;

export interface CheckpointKeeper {
  /** Claims a run for this page. Resolves to false if another page holds it, or nothing can be stored. */
  claim(runId: string): Promise<boolean>;
  release(runId: string): void;
  /**
   * Stores a checkpoint of a claimed run. If the storage is full, the oldest checkpoints are deleted first.
   * @param files one per contestant
   * @throws ResiduaError (as rejection) `storage-full` or `storage-failed`; the run then has its earlier checkpoints
   */
  save(checkpoint: StoredCheckpoint, files: readonly ArrayBuffer[]): Promise<void>;
  /** Reads the files of a checkpoint. @throws ResiduaError (as rejection) `storage-failed` */
  read(key: CheckpointKey): Promise<readonly ArrayBuffer[] | undefined>;
  /** Deletes a checkpoint. @throws ResiduaError (as rejection) `storage-failed` */
  remove(key: CheckpointKey): Promise<void>;
  /**
   * Deletes the checkpoints of a run.
   * @throws ResiduaError (as rejection) `storage-failed`; `busy` if another page holds the run
   */
  removeRun(runId: string): Promise<void>;
}

const nameOf = ({ categoryName, epoch }: StoredCheckpoint): string => `${categoryName} at epoch ${epoch}`;

/** @param dropped the deleted checkpoints */
const droppedOldest = (dropped: readonly StoredCheckpoint[]): PlainError => ({
  code: 'storage-full',
  problem: `The browser's storage is full: the oldest checkpoints were deleted to store a new one (${dropped.map(nameOf).join(', ')}).`,
  remedy: 'Training goes on. Clear retained runs, past epochs or images under Storage to make room.',
});

/** The error of a change of a run that another page holds. */
export const trainsElsewhere = (): ResiduaError =>
  new ResiduaError(
    'busy',
    'This run is open in another tab of this browser.',
    'Go on in that tab, or close it first.',
  );

/** The checkpoints that may be deleted for room, oldest first: none of other pages, and not the newest of this run. */
const droppable = async (
  { checkpoints, locks }: OpenStorage,
  runId: string,
): Promise<readonly StoredCheckpoint[]> => {
  const [{ stored }, elsewhere] = await Promise.all([checkpoints.list(), locks.elsewhere()]);
  const newest = stored.find((other) => other.runId === runId);
  return stored.filter((other) => other !== newest && !elsewhere.has(other.runId)).reverse();
};

/** Writes a checkpoint, and returns the checkpoints of other runs that were deleted for it. */
const writeInto = async (
  open: OpenStorage,
  checkpoint: StoredCheckpoint,
  files: readonly ArrayBuffer[],
): Promise<readonly StoredCheckpoint[]> => {
  const dropped: StoredCheckpoint[] = [];
  for (;;) {
    try {
      await open.checkpoints.write(checkpoint, files);
      return dropped.filter(({ runId }) => runId !== checkpoint.runId);
    } catch (thrown) {
      if (asResiduaError(thrown).code !== 'storage-full') throw thrown;
      const [oldest] = await droppable(open, checkpoint.runId);
      if (!oldest) throw thrown;
      await open.checkpoints.remove(oldest);
      dropped.push(oldest);
    }
  }
};

/** Deletes the oldest runs beyond `mostRuns`. */
const boundRuns = async (open: OpenStorage, runId: string): Promise<void> => {
  const oldestFirst = (await droppable(open, runId)).filter((other) => other.runId !== runId);
  const others = [...new Set(oldestFirst.toReversed().map((other) => other.runId))];
  for (const outdated of others.slice(mostRuns - 1)) await open.checkpoints.removeRun(outdated);
};

/** Creates the keeper. */
export const createCheckpointKeeper = (api: StateApi, { opened, inTurn }: StorageTurns): CheckpointKeeper => {
  // Without storage, `storage.unavailable` has the reason.
  const claim = (runId: string): Promise<boolean> =>
    opened().then(
      ({ locks }) => locks.claim(runId),
      () => false,
    );
  const release = (runId: string): void =>
    void opened().then(
      ({ locks }) => locks.release(runId),
      () => undefined,
    );
  return {
    claim,
    release,
    save: (checkpoint, files) =>
      inTurn(async (open) => {
        const dropped = await writeInto(open, checkpoint, files);
        await boundRuns(open, checkpoint.runId);
        if (dropped.length > 0) patch(api, 'storage', { error: droppedOldest(dropped) });
      }),
    read: async (key) => (await opened()).checkpoints.read(key),
    remove: (key) => inTurn(({ checkpoints }) => checkpoints.remove(key)),
    removeRun: async (runId) => {
      const isPresent = runId === api.getState().storage.presentId;
      if (!isPresent && !(await claim(runId))) throw trainsElsewhere();
      await inTurn(({ checkpoints }) => checkpoints.removeRun(runId));
      if (!isPresent) release(runId);
    },
  };
};
