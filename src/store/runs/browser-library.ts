/** The library in the browser's database: runs, their models and their past epochs in one object store each. */
import { asResiduaError, type PlainError, ResiduaError } from '#core/errors.ts';
import type { ExportedRun } from '#worker/protocol.ts';
import { type BrowserDatabase, openBrowserDatabase } from '../browser-database.ts';
import { writeWhole } from '../write-whole.ts';
import { createMemoryLibrary } from './memory-library.ts';
import type { RetainedRun } from './retained-run.ts';
import type { LibraryContents, RunLibrary, UnreadableRun } from './run-library.ts';
import { labelOf, parseRecord, toRecord } from './run-record.ts';

const storeNames = ['runs', 'files', 'past'] as const;

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

const readAll = async (database: BrowserDatabase): Promise<LibraryContents> => {
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

/**
 * Removes a run with its files, and returns these. A page that closes in the next moment still removes it: all requests and
 * the commit are sent before anything is awaited.
 */
const removeFrom = async (database: BrowserDatabase, id: string): Promise<ExportedRun | undefined> => {
  const transaction = database.transaction(storeNames, 'readwrite');
  const model = transaction.objectStore('files').get(id);
  const past = transaction.objectStore('past').get(id);
  const deletions = storeNames.map((name) => transaction.objectStore(name).delete(id));
  transaction.commit();
  await Promise.all([model, past, ...deletions, transaction.done]);
  const files = await model;
  return files && { ...files, past: await past };
};

const libraryOn = (database: BrowserDatabase, contents: LibraryContents): RunLibrary => ({
  contents,
  add: async (run, { past, ...model }) => {
    try {
      await writeWhole(database, storeNames, async (transaction) => {
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
      await writeWhole(database, storeNames, async (transaction) => {
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
    const database = await openBrowserDatabase();
    return libraryOn(database, await readAll(database));
  } catch (thrown) {
    return createMemoryLibrary(unavailable(thrown));
  }
};
