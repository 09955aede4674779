/** Offers interrupted runs, resumes and discards them, keeps images, and moves checkpoints to and from files. */
import { sides } from '#core/config.ts';
import { asResiduaError, ResiduaError } from '#core/errors.ts';
import { patch } from '../app-state.ts';
import { newId } from '../new-id.ts';
import { requireDevice } from '../run/state.ts';
import { createCheckpointKeeper, trainsElsewhere } from './checkpoint-keeper.ts';
import { followTraining } from './follow-training.ts';
import { keepImages } from './keep-images.ts';
import { areKept, fitOf, fromKeptImages, type ImagesKey } from './kept-images.ts';
import { Resume } from './resume-run.ts';
import { resumable } from './state.ts';
import type { LoadedStorage, StorageParts } from './storage-parts.ts';
import { createStorageTurns } from './storage-turns.ts';
import { describeCheckpoint } from './stored-checkpoint.ts';

const notKept = ({ name, side }: ImagesKey): ResiduaError =>
  new ResiduaError(
    'storage-failed',
    `The images of ${name} at side ${side} are no longer in the browser's storage.`,
    'Open their folder again.',
  );

/** Opens the storage, follows the run and the images, and creates the actions. */
export const createStorage = (parts: StorageParts): LoadedStorage => {
  const { api, training, dataset, present, tasks } = parts;
  const storage = () => api.getState().storage;
  const turns = createStorageTurns(api, parts.openStorage);
  const keeper = createCheckpointKeeper(api, turns);
  const follower = followTraining(parts, keeper);
  const resumption = new Resume(api, training, dataset, keeper, turns);
  keepImages(api, training, turns);

  /** Performs a change of the storage. */
  const change = async (work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
    } catch (thrown) {
      patch(api, 'storage', { error: asResiduaError(thrown).toPlain() });
    }
  };

  const resume = async (runId: string): Promise<void> => {
    await tasks.performLong('resuming', async (call) => {
      requireDevice(api.getState().run);
      if (!(await keeper.claim(runId))) {
        const { unavailable } = storage();
        throw unavailable ? ResiduaError.fromPlain(unavailable) : trainsElsewhere();
      }
      let trainMs: number | undefined;
      try {
        await resumption.run(runId, call, (checkpoint) => {
          follower.expect(checkpoint);
          trainMs = checkpoint.trainMs;
        });
      } finally {
        if (storage().presentId !== runId) keeper.release(runId);
      }
      if (storage().presentId !== runId) return;
      present.present().trainMs = trainMs;
      await parts.showAgain();
      if (api.getState().run.status.phase !== 'finished') await training.request('start');
    });
  };

  // The awaited folder was opened.
  api.subscribe(({ dataset: { loaded }, storage: { awaited } }, before) => {
    if (awaited && loaded !== before.dataset.loaded && loaded?.category.name === awaited.categoryName)
      void resume(awaited.runId);
  });

  return {
    takeCheckpoint: follower.takeNow,
    recent: follower.recent,
    expectSame: follower.expectSame,
    refresh: turns.refresh,
    persist: () => change(() => turns.inTurn(({ room }) => room.persist())),
    resume,
    discard: async (runId) => {
      if (storage().awaited?.runId === runId) patch(api, 'storage', { awaited: undefined });
      await change(() => keeper.removeRun(runId));
    },
    remove: (key) => change(() => keeper.remove(key)),
    clearCheckpoints: () =>
      change(async () => {
        patch(api, 'storage', { awaited: undefined });
        for (const { runId } of resumable(storage())) await keeper.removeRun(runId);
        for (const key of storage().unreadable) await keeper.remove(key);
      }),
    exportFiles: async (runId) => {
      let files: readonly ArrayBuffer[] | undefined;
      await change(async () => {
        const newest = storage().stored.find((stored) => stored.runId === runId);
        files = newest && (await keeper.read(newest));
      });
      return files;
    },
    openFiles: (files) =>
      change(async () => {
        const buffers = await Promise.all(files.map((file) => file.arrayBuffer()));
        // The worker takes the buffers that it opens.
        const infos = await training.request(
          'openCheckpoint',
          buffers.map((buffer) => buffer.slice(0)),
        );
        const runId = newId();
        const raceId = infos.length > 1 ? newId() : undefined;
        const contents = infos.map((info, place) => ({ info, bytes: buffers[place]! }));
        await keeper.save(describeCheckpoint(runId, contents, { trainMs: undefined, raceId }), buffers);
        await resume(runId);
      }),
    openImages: (key) =>
      change(async () => {
        const kept = await (await turns.opened()).images.read(key);
        if (!kept) throw notKept(key);
        const restored = fromKeptImages(kept);
        parts.run.setConfig({ side: sides.find((side) => side === key.side)!, fit: fitOf(kept) });
        await dataset.loadRestored(restored);
      }),
    keptImages: async (loaded) => {
      const { side, category } = loaded;
      const kept = await (await turns.opened()).images.read({ name: category.name, side });
      return kept && areKept(loaded, kept) ? fromKeptImages(kept).decoded.images : undefined;
    },
    clearImages: () => change(() => turns.inTurn(({ images }) => images.clear())),
  };
};
