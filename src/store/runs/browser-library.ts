/** The library in the browser's database: runs, their models and their past epochs in one object store each. */
import { type DBSchema, type IDBPDatabase, type IDBPTransaction, openDB } from 'idb';
import { asResiduaError, type PlainError, ResiduaError } from '#core/errors.ts';
import type { ExportedRun } from '#worker/protocol.ts';
import { createMemoryLibrary } from './memory-library.ts';
import type { RetainedRun } from './retained-run.ts';
import type { LibraryContents, RunLibrary, UnreadableRun } from './run-library.ts';
import { labelOf, parseRecord, type RunRecord, toRecord } from './run-record.ts';

interface Schema extends DBSchema {
  /** Runs without their files, so that a page with many runs opens fast. */
  runs: { key: string; value: RunRecord };
  /** `model.json` and `weights.bin`, by the run's id. */
  files: { key: string; value: Omit<ExportedRun, 'past'> };
  /** `past.bin`, by the run's id: apart from the models, because it can be a hundred times larger. */
  past: { key: string; value: ArrayBuffer };
}

const storeNames = ['runs', 'files', 'past'] as const;

type Database = IDBPDatabase<Schema>;

const databaseName = 'residua';
/** Version of the object stores; their records have the version `settingsVersion`. */
const databaseVersion = 2;

const openDatabase = (): Promise<Database> =>
  openDB<Schema>(databaseName, databaseVersion, {
    upgrade: (database, oldVersion) => {
      if (oldVersion < 1) {
        database.createObjectStore('runs', { keyPath: 'id' });
        database.createObjectStore('files');
      }
      database.createObjectStore('past');
    },
    // A newer page in another tab waits until this one closes the database.
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase | null)?.close(),
  });

const unavailable = (thrown: unknown): PlainError => {
  const why = thrown instanceof Error ? thrown.message : String(thrown);
  return new ResiduaError(
    'storage-failed',
    `This browser gives the page no storage: ${why.replace(/\.$/, '')}.`,
    'Runs last until the page is closed: export those that you need longer. A private window or a blocked site is the usual cause.',
  ).toPlain();
};

/** @param name name of the run */
const whileWriting = (thrown: unknown, name: string): ResiduaError => {
  if (thrown instanceof DOMException && thrown.name === 'QuotaExceededError')
    return new ResiduaError(
      'storage-full',
      `The browser's storage is full: the run ${name} could not be saved.`,
      'It lasts until the page is closed. Delete other runs, free disk space, or export it.',
      { cause: thrown },
    );
  const { message } = asResiduaError(thrown);
  return new ResiduaError(
    'storage-failed',
    `The run ${name} could not be saved: ${message}`,
    'It lasts until the page is closed. Export it before that.',
    { cause: thrown },
  );
};

const whileRemoving = (thrown: unknown): ResiduaError =>
  new ResiduaError(
    'storage-failed',
    `The run could not be deleted: ${asResiduaError(thrown).message}`,
    'Reload the page and try again.',
    { cause: thrown },
  );

const whileReading = (thrown: unknown): ResiduaError =>
  new ResiduaError(
    'storage-failed',
    `The weights of the run could not be read: ${asResiduaError(thrown).message}`,
    'Reload the page and try again.',
    { cause: thrown },
  );

const readAll = async (database: Database): Promise<LibraryContents> => {
  const runs: RetainedRun[] = [];
  const unreadable: UnreadableRun[] = [];
  for (const record of await database.getAll('runs')) {
    try {
      runs.push(parseRecord(record));
    } catch (thrown) {
      unreadable.push({ ...labelOf(record), reason: asResiduaError(thrown).message });
    }
  }
  runs.sort((one, other) => one.createdAt - other.createdAt);
  return { runs, unreadable, memoryOnly: undefined };
};

type Writing = IDBPTransaction<Schema, typeof storeNames, 'readwrite'>;

/** Writes to all stores or to none. Rejects with the cause of an aborted transaction, not with a request's error. */
const writeAll = async (
  database: Database,
  write: (transaction: Writing) => Promise<void>,
): Promise<void> => {
  const transaction = database.transaction(storeNames, 'readwrite');
  const done = transaction.done.then(
    () => undefined,
    (thrown: unknown) => ({ thrown: transaction.error ?? thrown }),
  );
  try {
    await write(transaction);
  } catch (thrown) {
    // A request that throws does not abort the transaction, which would still write the other requests.
    if (!transaction.error) transaction.abort();
    await done;
    throw transaction.error ?? thrown;
  }
  const failed = await done;
  if (failed) throw failed.thrown;
};

/**
 * Removes a run with its files, and returns these. A page that closes in the next moment still removes it: all requests and
 * the commit are sent before anything is awaited.
 */
const removeFrom = async (database: Database, id: string): Promise<ExportedRun | undefined> => {
  const transaction = database.transaction(storeNames, 'readwrite');
  const model = transaction.objectStore('files').get(id);
  const past = transaction.objectStore('past').get(id);
  const deletions = storeNames.map((name) => transaction.objectStore(name).delete(id));
  transaction.commit();
  await Promise.all([model, past, ...deletions, transaction.done]);
  const files = await model;
  return files && { ...files, past: await past };
};

const libraryOn = (database: Database, contents: LibraryContents): RunLibrary => ({
  contents,
  add: async (run, { past, ...model }) => {
    try {
      await writeAll(database, async (transaction) => {
        await transaction.objectStore('runs').put(toRecord(run));
        await transaction.objectStore('files').put(model, run.id);
        if (past) await transaction.objectStore('past').put(past, run.id);
        else await transaction.objectStore('past').delete(run.id);
      });
    } catch (thrown) {
      throw whileWriting(thrown, run.name);
    }
  },
  update: async (run) => {
    try {
      await database.put('runs', toRecord(run));
    } catch (thrown) {
      throw whileWriting(thrown, run.name);
    }
  },
  files: async (id) => {
    try {
      return await database.get('files', id);
    } catch (thrown) {
      throw whileReading(thrown);
    }
  },
  past: async (id) => {
    try {
      return await database.get('past', id);
    } catch (thrown) {
      throw whileReading(thrown);
    }
  },
  removePast: async (run) => {
    try {
      await writeAll(database, async (transaction) => {
        await transaction.objectStore('runs').put(toRecord(run));
        await transaction.objectStore('past').delete(run.id);
      });
    } catch (thrown) {
      throw whileRemoving(thrown);
    }
  },
  remove: async (id) => {
    try {
      return await removeFrom(database, id);
    } catch (thrown) {
      throw whileRemoving(thrown);
    }
  },
});

/** Opens the library of this browser. Without storage it opens a library in memory, which reports the reason. */
export const openBrowserLibrary = async (): Promise<RunLibrary> => {
  try {
    const database = await openDatabase();
    return libraryOn(database, await readAll(database));
  } catch (thrown) {
    return createMemoryLibrary(unavailable(thrown));
  }
};
