/** Which page trains a run: at most one page of this browser claims it at a time. */

/** Claims of runs by their ids. A claim ends when it is released, or when its page closes or crashes. */
export interface RunLocks {
  /** Claims a run for this page. Resolves to false if another page holds it. */
  claim(runId: string): Promise<boolean>;
  /** Ends the claim of this page, if it has one. */
  release(runId: string): void;
  /** Returns the ids of the runs that other pages hold. */
  elsewhere(): Promise<ReadonlySet<string>>;
}

const prefix = 'residua-run-';

/**
 * Returns a function that ends the claim; undefined if another page holds the lock. A claim also ends when its page closes or
 * crashes.
 */
const claimLock = (locks: LockManager, name: string): Promise<(() => void) | undefined> =>
  new Promise((resolve, reject) => {
    locks
      .request(name, { ifAvailable: true }, (lock) => {
        if (!lock) return resolve(undefined);
        // The lock is held until this promise resolves.
        return new Promise<void>((release) => resolve(release));
      })
      .catch(reject);
  });

/** Creates claims on the browser's locks (Web Locks). */
export const createRunLocks = (locks: LockManager): RunLocks => {
  const releases = new Map<string, () => void>();
  return {
    claim: async (runId) => {
      if (releases.has(runId)) return true;
      const release = await claimLock(locks, prefix + runId);
      if (release) releases.set(runId, release);
      return release !== undefined;
    },
    release: (runId) => {
      releases.get(runId)?.();
      releases.delete(runId);
    },
    elsewhere: async () => {
      const { held = [] } = await locks.query();
      const names = held.flatMap(({ name }) => (name?.startsWith(prefix) ? [name.slice(prefix.length)] : []));
      return new Set(names.filter((runId) => !releases.has(runId)));
    },
  };
};
