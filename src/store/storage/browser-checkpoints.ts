/** Checkpoints in the browser's database: the facts in one object store, the files in another. */
import { asResiduaError, type ResiduaError } from '#core/errors.ts';
import type { BrowserDatabase, CheckpointPlace } from '../browser-database.ts';
import { writeWhole } from '../write-whole.ts';
import { parseCheckpointRecord, toCheckpointRecord } from './checkpoint-record.ts';
import { type CheckpointList, type CheckpointStorage, checkpointsPerRun } from './checkpoint-storage.ts';
import { storageFailure, whileWriting } from './storage-errors.ts';
import type { StoredCheckpoint, UnreadableCheckpoint } from './stored-checkpoint.ts';

const storeNames = ['checkpoints', 'checkpoint-files'] as const;

/** All keys of a run: an array is greater than any number. */
const ofRun = (runId: string): IDBKeyRange => IDBKeyRange.bound([runId], [runId, []]);

const writeRemedies = {
  full: 'Training goes on. Clear retained runs, past epochs or images under Storage, or free disk space.',
  other: 'Training goes on. Export the weights before you close the page.',
};

const whileReading = (thrown: unknown): ResiduaError =>
  storageFailure('The checkpoints could not be read', 'Reload the page and try again.', thrown);

const whileRemoving = (thrown: unknown): ResiduaError =>
  storageFailure('The checkpoint could not be deleted', 'Reload the page and try again.', thrown);

const labelOf = (record: unknown): Omit<UnreadableCheckpoint, 'reason'> => {
  const { runId, step, categoryName } = record as Readonly<Record<string, unknown>>;
  return {
    // The database's key: both exist, whatever else is damaged.
    runId: String(runId),
    step: Number(step),
    name: typeof categoryName === 'string' && categoryName !== '' ? categoryName : undefined,
  };
};

const readAll = async (database: BrowserDatabase): Promise<CheckpointList> => {
  const stored: StoredCheckpoint[] = [];
  const unreadable: UnreadableCheckpoint[] = [];
  for (const record of await database.getAll('checkpoints')) {
    try {
      stored.push(parseCheckpointRecord(record));
    } catch (thrown) {
      unreadable.push({ ...labelOf(record), reason: asResiduaError(thrown).message });
    }
  }
  stored.sort((one, other) => other.createdAt - one.createdAt || other.step - one.step);
  return { stored, unreadable };
};

/** Writes a checkpoint and removes the run's older ones in one transaction: a crash leaves either all of it or nothing. */
const writeTo = (
  database: BrowserDatabase,
  checkpoint: StoredCheckpoint,
  files: readonly ArrayBuffer[],
): Promise<void> =>
  writeWhole(database, storeNames, async (transaction) => {
    const records = transaction.objectStore('checkpoints');
    const contents = transaction.objectStore('checkpoint-files');
    await records.put(toCheckpointRecord(checkpoint));
    await contents.put(files, [checkpoint.runId, checkpoint.step]);
    for (const key of (await records.getAllKeys(ofRun(checkpoint.runId))).slice(0, -checkpointsPerRun)) {
      await records.delete(key);
      await contents.delete(key);
    }
  });

const deleteFrom = async (database: BrowserDatabase, keys: CheckpointPlace | IDBKeyRange): Promise<void> => {
  const transaction = database.transaction(storeNames, 'readwrite');
  const deletions = storeNames.map((name) => transaction.objectStore(name).delete(keys));
  // The page may close in the next moment.
  transaction.commit();
  await Promise.all([...deletions, transaction.done]);
};

/** The checkpoints of an open database. */
export const createBrowserCheckpoints = (database: BrowserDatabase): CheckpointStorage => ({
  list: async () => {
    try {
      return await readAll(database);
    } catch (thrown) {
      throw whileReading(thrown);
    }
  },
  write: async (checkpoint, files) => {
    try {
      await writeTo(database, checkpoint, files);
    } catch (thrown) {
      const { categoryName, epoch } = checkpoint;
      throw whileWriting(`the checkpoint of ${categoryName} at epoch ${epoch}`, writeRemedies, thrown);
    }
  },
  read: async ({ runId, step }) => {
    try {
      return await database.get('checkpoint-files', [runId, step]);
    } catch (thrown) {
      throw whileReading(thrown);
    }
  },
  remove: async ({ runId, step }) => {
    try {
      await deleteFrom(database, [runId, step]);
    } catch (thrown) {
      throw whileRemoving(thrown);
    }
  },
  removeRun: async (runId) => {
    try {
      await deleteFrom(database, ofRun(runId));
    } catch (thrown) {
      throw whileRemoving(thrown);
    }
  },
});
