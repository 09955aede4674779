/** The browser's storage for tests: the real database code on `fake-indexeddb`, and locks that several pages share. */
import { openBrowserDatabase } from '../browser-database.ts';
import { createBrowserCheckpoints } from '../storage/browser-checkpoints.ts';
import { createBrowserImages } from '../storage/browser-images.ts';
import type { OpenStorage } from '../storage/open-storage.ts';
import { createRunLocks } from '../storage/run-locks.ts';
import type { StoredCheckpoint } from '../storage/stored-checkpoint.ts';

/** The locks of one browser, of which the code under test uses exclusive requests with `ifAvailable` and the query. */
export const fakeLocks = (): LockManager => {
  const held = new Set<string>();
  const request = async (
    name: string,
    _options: LockOptions,
    use: (lock: Lock | null) => unknown,
  ): Promise<unknown> => {
    if (held.has(name)) return use(null);
    held.add(name);
    try {
      return await use({ name, mode: 'exclusive' });
    } finally {
      held.delete(name);
    }
  };
  const query = async (): Promise<LockManagerSnapshot> => ({
    held: [...held].map((name) => ({ name, mode: 'exclusive' })),
    pending: [],
  });
  return { request: request as LockManager['request'], query };
};

/** Opens the storage of a page of the browser that has these locks. Import `fake-indexeddb/auto` first. */
export const openFakeStorage = async (locks = fakeLocks()): Promise<OpenStorage> => {
  const database = await openBrowserDatabase();
  return {
    checkpoints: createBrowserCheckpoints(database),
    images: createBrowserImages(database),
    locks: createRunLocks(locks),
    room: {
      measure: async () => ({ usedBytes: 1, quotaBytes: 2, persisted: false }),
      persist: async () => true,
    },
  };
};

/** A checkpoint of a run. */
export const fakeCheckpoint = (change: Partial<StoredCheckpoint> = {}): StoredCheckpoint => ({
  runId: 'a',
  step: 10,
  epoch: 1,
  epochs: 4,
  createdAt: 1000,
  categoryName: 'bolt',
  losses: ['wfdl'],
  side: 64,
  fit: 'squeeze',
  trainMs: 5000,
  raceId: undefined,
  bytes: 4,
  ...change,
});
