/** What the page keeps in the browser: checkpoints, images, claims of runs, and the room for them. */
import { ResiduaError } from '#core/errors.ts';
import { openBrowserDatabase } from '../browser-database.ts';
import { createBrowserCheckpoints } from './browser-checkpoints.ts';
import { createBrowserImages } from './browser-images.ts';
import type { OpenStorage } from './open-storage.ts';
import { createRunLocks } from './run-locks.ts';

const unavailable = (why: string, cause?: unknown): ResiduaError =>
  new ResiduaError(
    'storage-failed',
    `This browser gives the page no storage for checkpoints: ${why.replace(/\.$/, '')}.`,
    'A closed page loses its run: export the weights before that. A private window, a blocked site or a page without HTTPS is the usual cause.',
    { cause },
  );

/**
 * Opens the storage of this browser.
 * @throws ResiduaError (as rejection) `storage-failed` if the browser gives the page no storage or no locks
 */
export const openBrowserStorage = async (): Promise<OpenStorage> => {
  // Both are undefined on a page without a secure context, whatever their types say.
  const { locks, storage } = navigator as Partial<Pick<Navigator, 'locks' | 'storage'>>;
  if (!locks || !storage) throw unavailable('its address is not secure');
  try {
    const database = await openBrowserDatabase();
    return {
      checkpoints: createBrowserCheckpoints(database),
      images: createBrowserImages(database),
      locks: createRunLocks(locks),
      room: {
        measure: async () => {
          const [{ usage, quota }, persisted] = await Promise.all([storage.estimate(), storage.persisted()]);
          return { usedBytes: usage, quotaBytes: quota, persisted };
        },
        persist: () => storage.persist(),
      },
    };
  } catch (thrown) {
    throw unavailable(thrown instanceof Error ? thrown.message : String(thrown), thrown);
  }
};
