/** Changes the open storage, one change after the other, and shows its contents in the slice. */
import { asResiduaError } from '#core/errors.ts';
import { patch, type StateApi } from '../app-state.ts';
import type { OpenStorage } from './open-storage.ts';

export interface StorageTurns {
  /** Returns the storage, and opens it at the first call. Rejects with the reason if there is none. */
  opened(): Promise<OpenStorage>;
  /** Performs a change after earlier ones, and then reads the storage again, because other tabs change it too. */
  inTurn<T>(change: (open: OpenStorage) => Promise<T>): Promise<T>;
  /** Reads the storage again. Never rejects: `storage.unavailable` then has the reason. */
  refresh(): Promise<void>;
}

export const createStorageTurns = (api: StateApi, openStorage: () => Promise<OpenStorage>): StorageTurns => {
  let opening: Promise<OpenStorage> | undefined;
  let work: Promise<unknown> = Promise.resolve();

  const opened = (): Promise<OpenStorage> => {
    opening ??= openStorage();
    return opening;
  };

  const read = async ({ checkpoints, images, locks, room }: OpenStorage): Promise<void> => {
    const [list, kept, elsewhere, measured] = await Promise.all([
      checkpoints.list(),
      images.list(),
      locks.elsewhere(),
      room.measure(),
    ]);
    patch(api, 'storage', { ...list, images: kept, elsewhere, room: measured });
  };

  const inTurn = <T>(change: (open: OpenStorage) => Promise<T>): Promise<T> => {
    const result = work.then(async () => {
      const open = await opened();
      try {
        return await change(open);
      } finally {
        await read(open);
      }
    });
    work = result.catch(() => undefined);
    return result;
  };

  return {
    opened,
    inTurn,
    refresh: () =>
      inTurn(async () => undefined).catch((thrown: unknown) =>
        patch(api, 'storage', { unavailable: asResiduaError(thrown).toPlain() }),
      ),
  };
};
