import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { beforeEach, expect, it } from 'vitest';
import { presets } from '#core/presets.ts';
import { createIndexedDbStorage } from './indexed-db-storage.ts';
import { parseStoredTable, storedTable } from './table-storage.ts';

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

const config = { ...presets.quickLook, loss: 'l2', seed: 3 } as const;
const table = storedTable(presets.quickLook, [
  {
    id: 'pill/l2/3',
    category: 'pill',
    imageCount: 15,
    trainCount: 10,
    loss: 'l2',
    seed: 3,
    config,
    outcome: { state: 'running' },
    spentMs: 700,
  },
]);

it('another page finds the table, and its running entry waits again', async () => {
  await createIndexedDbStorage().write(table);
  const [entry] = parseStoredTable(await createIndexedDbStorage().read()).entries;
  expect(entry).toMatchObject({ id: 'pill/l2/3', config, outcome: { state: 'waiting' }, spentMs: 0 });
});

it('there is nothing before the first table, and after it was forgotten', async () => {
  const storage = createIndexedDbStorage();
  expect(await storage.read()).toBeUndefined();
  await storage.write(table);
  await storage.write(undefined);
  expect(await storage.read()).toBeUndefined();
});
