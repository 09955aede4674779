import 'fake-indexeddb/auto';
import { deleteDB, openDB } from 'idb';
import { beforeEach, expect, it } from 'vitest';
import { openBrowserDatabase } from './browser-database.ts';
import { openBrowserLibrary } from './runs/browser-library.ts';
import { createBrowserCheckpoints } from './storage/browser-checkpoints.ts';
import { fakeRun } from './testing/fake-run.ts';
import { fakeCheckpoint } from './testing/fake-storage.ts';

beforeEach(() => deleteDB('residua'));

/** The object stores of an older page, by the version of its database. */
const olderStores = { 1: ['files'], 2: ['files', 'past'] } as const;

it.each([1, 2] as const)(
  'keeps the runs of a database of version %i, and then stores checkpoints beside them',
  async (version) => {
    await (await openBrowserLibrary()).add(fakeRun(), { modelJson: '{}', weights: new ArrayBuffer(2) });
    const newest = await openDB('residua');
    const record = await newest.get('runs', 'run');
    newest.close();
    await deleteDB('residua');
    const old = await openDB('residua', version, {
      upgrade: (database) => {
        database.createObjectStore('runs', { keyPath: 'id' });
        for (const name of olderStores[version]) database.createObjectStore(name);
      },
    });
    await old.put('runs', record);
    await old.put('files', { modelJson: '{}', weights: new ArrayBuffer(2) }, 'run');
    old.close();
    const library = await openBrowserLibrary();
    expect(library.contents.runs.map(({ id }) => id)).toEqual(['run']);
    expect((await library.files('run'))?.weights.byteLength).toBe(2);
    const checkpoints = createBrowserCheckpoints(await openBrowserDatabase());
    await checkpoints.write(fakeCheckpoint(), [new ArrayBuffer(3)]);
    expect((await checkpoints.read(fakeCheckpoint()))?.map(({ byteLength }) => byteLength)).toEqual([3]);
    expect((await openBrowserLibrary()).contents.runs).toHaveLength(1);
  },
);
