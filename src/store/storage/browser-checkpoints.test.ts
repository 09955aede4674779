import 'fake-indexeddb/auto';
import { deleteDB, openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openBrowserDatabase } from '../browser-database.ts';
import { fakeCheckpoint } from '../testing/fake-storage.ts';
import { createBrowserCheckpoints } from './browser-checkpoints.ts';

const open = async () => createBrowserCheckpoints(await openBrowserDatabase());
const bytes = (...values: number[]): ArrayBuffer => Uint8Array.from(values).buffer;

/** Lets the writes to one object store fail. */
const failWrites = (store: string, error: Error): void => {
  const put = IDBObjectStore.prototype.put;
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, value, key) {
    if (this.name === store) throw error;
    return put.call(this, value, key);
  });
};

beforeEach(() => deleteDB('residua'));
afterEach(() => vi.restoreAllMocks());

describe('the checkpoints of the browser', () => {
  it('return the exact facts and files to the next page, newest first', async () => {
    const storage = await open();
    const race = fakeCheckpoint({ losses: ['wfdl', 'l2'], raceId: 'r', runId: 'b', createdAt: 2000 });
    await storage.write(fakeCheckpoint(), [bytes(1, 2)]);
    await storage.write(race, [bytes(3), bytes(4)]);
    const again = await open();
    expect(await again.list()).toEqual({ stored: [race, fakeCheckpoint()], unreadable: [] });
    expect(await again.read({ runId: 'a', step: 10 })).toEqual([bytes(1, 2)]);
    expect(await again.read({ runId: 'b', step: 10 })).toEqual([bytes(3), bytes(4)]);
    expect(await again.read({ runId: 'a', step: 11 })).toBeUndefined();
  });

  it('are the two newest of a run, and leave other runs alone', async () => {
    const storage = await open();
    await storage.write(fakeCheckpoint({ runId: 'b', step: 1 }), [bytes(9)]);
    for (const step of [9, 10, 200])
      await storage.write(fakeCheckpoint({ step, createdAt: step }), [bytes(step)]);
    expect((await storage.list()).stored.map(({ runId, step }) => [runId, step])).toEqual([
      ['b', 1],
      ['a', 200],
      ['a', 10],
    ]);
    expect(await storage.read({ runId: 'a', step: 9 })).toBeUndefined();
  });

  it.each(['checkpoints', 'checkpoint-files'])(
    'are those before, with their files, if a write to %s fails for lack of room',
    async (store) => {
      const storage = await open();
      await storage.write(fakeCheckpoint(), [bytes(1)]);
      await storage.write(fakeCheckpoint({ step: 20, createdAt: 2000 }), [bytes(2)]);
      failWrites(store, new DOMException('no room', 'QuotaExceededError'));
      await expect(storage.write(fakeCheckpoint({ step: 30, epoch: 3 }), [bytes(3)])).rejects.toMatchObject({
        code: 'storage-full',
        problem: expect.stringContaining('bolt at epoch 3'),
      });
      vi.restoreAllMocks();
      expect((await storage.list()).stored.map(({ step }) => step)).toEqual([20, 10]);
      expect(await storage.read({ runId: 'a', step: 10 })).toEqual([bytes(1)]);
      expect(await storage.read({ runId: 'a', step: 20 })).toEqual([bytes(2)]);
      expect(await storage.read({ runId: 'a', step: 30 })).toBeUndefined();
    },
  );

  it('are removed one by one, or all of a run', async () => {
    const storage = await open();
    for (const step of [10, 20]) await storage.write(fakeCheckpoint({ step }), [bytes(step)]);
    await storage.write(fakeCheckpoint({ runId: 'ab' }), [bytes(1)]);
    await storage.remove({ runId: 'a', step: 10 });
    expect(await storage.read({ runId: 'a', step: 10 })).toBeUndefined();
    expect(await storage.read({ runId: 'a', step: 20 })).toEqual([bytes(20)]);
    await storage.removeRun('a');
    expect((await storage.list()).stored.map(({ runId }) => runId)).toEqual(['ab']);
    expect(await storage.read({ runId: 'a', step: 20 })).toBeUndefined();
  });

  it.each([
    ['is of a newer page', { version: 3 }, /version is 3/],
    ['has a fit that no run has', { fit: 'stretch' }, /fit is "stretch"/],
    ['has a side that no run has', { side: 33 }, /side is 33/],
    ['has no loss', { losses: [] }, /losses .*must name a loss/],
    ['has a date beyond all dates', { createdAt: 1e300 }, /createdAt is 1e\+300: must be a date/],
  ])('set a record aside by name that %s, and list the others', async (_, damage, reason) => {
    const storage = await open();
    await storage.write(fakeCheckpoint(), [bytes(1)]);
    await storage.write(fakeCheckpoint({ runId: 'b', categoryName: 'nut' }), [bytes(2)]);
    const database = await openDB('residua');
    const record = await database.get('checkpoints', ['b', 10]);
    await database.put('checkpoints', { ...record, ...damage });
    database.close();
    const { stored, unreadable } = await storage.list();
    expect(stored.map(({ runId }) => runId)).toEqual(['a']);
    expect(unreadable).toMatchObject([{ runId: 'b', step: 10, name: 'nut' }]);
    expect(unreadable[0]?.reason).toMatch(reason);
    await storage.remove({ runId: 'b', step: 10 });
    expect((await storage.list()).unreadable).toEqual([]);
  });

  it('of version 1 are of squeezed images', async () => {
    const storage = await open();
    await storage.write(fakeCheckpoint({ fit: 'crop' }), [bytes(1)]);
    const database = await openDB('residua');
    const { fit, ...record } = await database.get('checkpoints', ['a', 10]);
    expect(fit).toBe('crop');
    await database.put('checkpoints', { ...record, version: 1 });
    database.close();
    expect((await storage.list()).stored).toEqual([fakeCheckpoint({ fit: 'squeeze' })]);
  });
});
