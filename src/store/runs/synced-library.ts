/** Writes changes of the retained runs to the slice and to the library. Runs that cannot be stored stay in memory. */
import { asResiduaError, ResiduaError } from '#core/errors.ts';
import type { ExportedRun } from '#worker/protocol.ts';
import { patch, type StateApi } from '../app-state.ts';
import { createMemoryLibrary } from './memory-library.ts';
import { bytesOf, type RetainedRun } from './retained-run.ts';
import type { RunLibrary } from './run-library.ts';
import { retainedRun } from './state.ts';

/** Number of removals that can be undone; the weights of these runs stay in memory. */
const mostRemoved = 5;

/** The parts of a run that change without its weights. */
export type ChangeOfRun = Partial<
  Pick<RetainedRun, 'name' | 'note' | 'references' | 'rescored' | 'decision'>
>;

/** Changes the retained runs: in the slice at once, in the library after earlier changes. Writes never reject. */
export interface SyncedLibrary {
  /** Returns the library, and opens it at the first call. */
  opened(): Promise<RunLibrary>;
  /** Resolves when the library has performed all changes until now; runs that it refused are in `runs.unsaved`. */
  settled(): Promise<void>;
  /** Adds a run, or replaces the run of the same id. */
  put(run: RetainedRun, files: ExportedRun): Promise<void>;
  change(id: string, change: ChangeOfRun): Promise<void>;
  remove(id: string): Promise<void>;
  /** Restores a removed run. */
  undoRemove(run: RetainedRun): Promise<void>;
  forgetRemoved(): void;
  removeUnreadable(id: string): Promise<void>;
  /** Removes the past epochs of a run. */
  removePast(id: string): Promise<void>;
  /** Reads the model of a run, without past epochs. Rejects if it cannot be read. */
  files(id: string): Promise<ExportedRun | undefined>;
  /** Reads the past epochs of a run; undefined if it has none. Rejects if they cannot be read. */
  past(id: string): Promise<ArrayBuffer | undefined>;
  /** Returns a key of a run's weights, which changes when the run is put again. */
  keyOf(id: string): string;
}

/** The runs that come with the page, which are never stored. */
export interface BundledRuns {
  /** Adds a bundled run. */
  addBundled(run: RetainedRun, files: ExportedRun): Promise<void>;
  /** Removes all of them. */
  dropBundled(): void;
}

const byAge = (one: RetainedRun, other: RetainedRun): number => one.createdAt - other.createdAt;

const withoutPast = ({ modelJson, weights }: ExportedRun): ExportedRun => ({ modelJson, weights });

const keptWithoutPast = ({ name }: RetainedRun): ResiduaError =>
  new ResiduaError(
    'storage-full',
    `The browser's storage is full: the run ${name} is kept without its past epochs.`,
    'Delete other runs or their past epochs, or keep no past epochs.',
  );

/** Creates the synced library. */
export const createSyncedLibrary = (
  api: StateApi,
  openLibrary: () => Promise<RunLibrary>,
): SyncedLibrary & BundledRuns => {
  const runs = () => api.getState().runs;
  const unsavedFiles = createMemoryLibrary();
  const bundledFiles = createMemoryLibrary();
  const removedFiles = new Map<string, ExportedRun | undefined>();
  const timesPut = new Map<string, number>();
  let library: Promise<RunLibrary> | undefined;
  let work: Promise<void> = Promise.resolve();

  const opened = (): Promise<RunLibrary> => {
    library ??= openLibrary().then((open) => {
      const { runs: found, unreadable, memoryOnly } = open.contents;
      patch(api, 'runs', { opened: true, retained: found, unreadable, memoryOnly });
      return open;
    });
    return library;
  };

  /** Performs one task after the other, so that the library finally agrees with the slice. */
  const inTurn = (task: (open: RunLibrary) => Promise<void>): Promise<void> => {
    work = work
      .then(async () => task(await opened()))
      .catch((thrown: unknown) => patch(api, 'runs', { error: asResiduaError(thrown).toPlain() }));
    return work;
  };

  const show = (run: RetainedRun): void => {
    const others = runs().retained.filter(({ id }) => id !== run.id);
    patch(api, 'runs', { retained: [...others, run].sort(byAge) });
  };

  /** Shows the sizes of a run that is still retained. */
  const measure = (id: string, files: ExportedRun): void => {
    const run = retainedRun(runs(), id);
    if (run) show({ ...run, bytes: bytesOf(files) });
  };

  /** Adds a run to the library; without its past epochs if these do not fit, which the error then says. */
  const add = async (open: RunLibrary, run: RetainedRun, files: ExportedRun): Promise<void> => {
    const model = withoutPast(files);
    try {
      return await open.add({ ...run, bytes: bytesOf(files) }, files);
    } catch (thrown) {
      if (!files.past || asResiduaError(thrown).code !== 'storage-full') throw thrown;
    }
    await open.add({ ...run, bytes: bytesOf(model) }, model);
    measure(run.id, model);
    patch(api, 'runs', { error: keptWithoutPast(run).toPlain() });
  };

  const isUnsaved = (id: string): boolean => runs().unsaved.includes(id);

  const markSaved = (id: string): void =>
    patch(api, 'runs', { unsaved: runs().unsaved.filter((other) => other !== id) });

  /** Stores a run. Rejects if the library fails; the run then stays in memory. */
  const save = async (open: RunLibrary, run: RetainedRun, files: ExportedRun): Promise<void> => {
    try {
      await add(open, run, files);
      if (isUnsaved(run.id)) markSaved(run.id);
      await unsavedFiles.remove(run.id);
    } catch (thrown) {
      // Past epochs would need too much of the page's memory.
      await unsavedFiles.add(run, withoutPast(files));
      measure(run.id, withoutPast(files));
      if (!isUnsaved(run.id)) patch(api, 'runs', { unsaved: [...runs().unsaved, run.id] });
      throw thrown;
    }
  };

  /** Tries again to store unsaved runs, after a removal has freed space. */
  const saveUnsaved = async (open: RunLibrary): Promise<void> => {
    for (const id of runs().unsaved) {
      const run = retainedRun(runs(), id);
      const files = await unsavedFiles.files(id);
      if (run && files) await save(open, run, files).catch(() => undefined);
    }
  };

  const filesOf = async (open: RunLibrary, id: string): Promise<ExportedRun | undefined> =>
    (await bundledFiles.files(id)) ?? (await unsavedFiles.files(id)) ?? (await open.files(id));

  /** Holds the files of a removed run, with past epochs only for the last one. */
  const holdRemoved = (id: string, files: ExportedRun | undefined): void => {
    for (const [other, held] of removedFiles) removedFiles.set(other, held && withoutPast(held));
    removedFiles.set(id, files);
  };

  return {
    opened,
    settled: () => work,
    put: (run, files) => {
      timesPut.set(run.id, (timesPut.get(run.id) ?? 0) + 1);
      show({ ...run, bytes: bytesOf(files) });
      return inTurn((open) => save(open, run, files));
    },
    change: async (id, change) => {
      const run = retainedRun(runs(), id);
      if (!run) return;
      show({ ...run, ...change });
      await inTurn(async (open) => {
        const changed = retainedRun(runs(), id);
        if (changed && !changed.bundled && !isUnsaved(id)) await open.update(changed);
      });
    },
    remove: async (id) => {
      const run = retainedRun(runs(), id);
      if (!run) return;
      const { retained, chosen, removed } = runs();
      const undoable = [...removed, run].slice(-mostRemoved);
      patch(api, 'runs', {
        retained: retained.filter((other) => other.id !== id),
        chosen: chosen.filter((other) => other !== id),
        removed: undoable,
      });
      await inTurn(async (open) => {
        // First of all, because the page may close in the next moment.
        const stored = await open.remove(id);
        holdRemoved(id, (await unsavedFiles.remove(id)) ?? stored);
        for (const held of removedFiles.keys()) {
          if (!undoable.some((other) => other.id === held)) removedFiles.delete(held);
        }
        markSaved(id);
        await saveUnsaved(open);
      });
    },
    undoRemove: async (run) => {
      patch(api, 'runs', { removed: runs().removed.filter(({ id }) => id !== run.id) });
      show(run);
      await inTurn(async (open) => {
        const files = removedFiles.get(run.id);
        removedFiles.delete(run.id);
        if (!files) return open.update(run);
        measure(run.id, files);
        await save(open, run, files);
      });
    },
    forgetRemoved: () => {
      patch(api, 'runs', { removed: [] });
      void inTurn(async () => removedFiles.clear());
    },
    removeUnreadable: (id) => {
      patch(api, 'runs', { unreadable: runs().unreadable.filter((other) => other.id !== id) });
      return inTurn(async (open) => void (await open.remove(id)));
    },
    removePast: async (id) => {
      const run = retainedRun(runs(), id);
      if (!run?.bytes) return;
      show({ ...run, bytes: { ...run.bytes, past: 0 } });
      await inTurn(async (open) => {
        const changed = retainedRun(runs(), id);
        if (changed && !isUnsaved(id)) await open.removePast(changed);
        await saveUnsaved(open);
      });
    },
    files: async (id) => filesOf(await opened(), id),
    past: async (id) => (await bundledFiles.past(id)) ?? (await opened()).past(id),
    addBundled: async (run, files) => {
      await bundledFiles.add(run, files);
      show(run);
    },
    dropBundled: () => {
      const bundled = runs().retained.filter((run) => run.bundled);
      const ids = bundled.map(({ id }) => id);
      patch(api, 'runs', {
        retained: runs().retained.filter((run) => !run.bundled),
        chosen: runs().chosen.filter((id) => !ids.includes(id)),
      });
      for (const id of ids) void bundledFiles.remove(id);
    },
    keyOf: (id) => `${id}/${timesPut.get(id) ?? 0}`,
  };
};
