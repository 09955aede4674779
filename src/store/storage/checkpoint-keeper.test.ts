import 'fake-indexeddb/auto';
import { deleteDB } from 'idb';
import { beforeEach, describe, expect, it } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { ResiduaError } from '#core/errors.ts';
import { type AppState, initialState } from '../app-state.ts';
import { fakeCheckpoint, fakeLocks, openFakeStorage } from '../testing/fake-storage.ts';
import { createCheckpointKeeper } from './checkpoint-keeper.ts';
import { createRunLocks } from './run-locks.ts';
import { createStorageTurns } from './storage-turns.ts';

/** A keeper in a browser with room for this many checkpoints. */
const keeperWithRoom = async (most: number, browser = fakeLocks()) => {
  const open = await openFakeStorage(browser);
  const { checkpoints } = open;
  const limited = {
    ...checkpoints,
    write: async (...args: Parameters<typeof checkpoints.write>) => {
      if ((await checkpoints.list()).stored.length >= most)
        throw new ResiduaError('storage-full', 'No room.', 'Make room.');
      return checkpoints.write(...args);
    },
  };
  const api = createStore<AppState>()(() => initialState);
  const turns = createStorageTurns(api, async () => ({ ...open, checkpoints: limited }));
  const stored = () => api.getState().storage.stored.map(({ runId, step }) => `${runId}${step}`);
  return { keeper: createCheckpointKeeper(api, turns), turns, api, stored };
};

const at = (runId: string, step: number) =>
  fakeCheckpoint({ runId, step, createdAt: step, categoryName: runId });
const files = [new ArrayBuffer(1)];

beforeEach(() => deleteDB('residua'));

describe('the keeper of checkpoints', () => {
  it('deletes the oldest of other runs for room, and names them', async () => {
    const { keeper, api, stored } = await keeperWithRoom(3);
    for (const [runId, step] of [
      ['old', 1],
      ['older', 2],
      ['own', 3],
    ] as const)
      await keeper.save(at(runId, step), files);
    expect(api.getState().storage.error).toBeUndefined();
    await keeper.save(at('own', 4), files);
    expect(stored()).toEqual(['own4', 'own3', 'older2']);
    expect(api.getState().storage.error).toMatchObject({
      code: 'storage-full',
      problem: expect.stringContaining('old at epoch 1'),
    });
  });

  it('replaces its own last but one without a word, and never the newest before the new one is written', async () => {
    const { keeper, api, stored } = await keeperWithRoom(2);
    for (const step of [1, 2, 3]) await keeper.save(at('own', step), files);
    expect(stored()).toEqual(['own3', 'own2']);
    expect(api.getState().storage.error).toBeUndefined();
    const { keeper: full } = await keeperWithRoom(0);
    await expect(full.save(at('own', 4), files)).rejects.toMatchObject({ code: 'storage-full' });
    await full.read(at('own', 3)).then((read) => expect(read).toHaveLength(1));
  });

  it('neither deletes nor replaces checkpoints of runs that another tab holds', async () => {
    const browser = fakeLocks();
    const { keeper, turns, api, stored } = await keeperWithRoom(1, browser);
    const other = createRunLocks(browser);
    await keeper.save(at('theirs', 1), files);
    await other.claim('theirs');
    await expect(keeper.save(at('own', 2), files)).rejects.toMatchObject({ code: 'storage-full' });
    await expect(keeper.removeRun('theirs')).rejects.toMatchObject({ code: 'busy' });
    await turns.refresh();
    expect(stored()).toEqual(['theirs1']);
    expect([...api.getState().storage.elsewhere]).toEqual(['theirs']);
    other.release('theirs');
    await expect.poll(() => other.elsewhere()).toEqual(new Set());
    await keeper.removeRun('theirs');
    expect(stored()).toEqual([]);
  });

  it('keeps the newest four runs', async () => {
    const { keeper, stored } = await keeperWithRoom(100);
    for (const step of [1, 2, 3, 4, 5, 6]) await keeper.save(at(`run${step}-`, step), files);
    expect(stored()).toEqual(['run6-6', 'run5-5', 'run4-4', 'run3-3']);
  });
});
