/** The actions on the browser's storage: offers interrupted runs, keeps images. Most of their code is loaded at the start-up. */
import { asResiduaError } from '#core/errors.ts';
import { patch, type StateApi } from '../app-state.ts';
import type { Clients } from '../clients.ts';
import type { QueuePolicy } from '../table/queue-guard.ts';
import type { LoadedStorage, StorageParts } from './storage-parts.ts';

/** Actions on the browser's storage. They never reject: unless stated otherwise, errors go to `storage.error`. */
export interface StorageActions
  extends Omit<LoadedStorage, 'takeCheckpoint' | 'recent' | 'expectSame' | 'keptImages'> {
  /** Waits no longer for images. */
  cancelResume(): void;
  /** Chooses whether the decoded images of opened folders are kept across visits. */
  setKeepsImages(keepsImages: boolean): void;
  dismissError(): void;
}

const refused = { refuse: 'training', report: 'run' } as const;

export const storagePolicy: QueuePolicy<StorageActions> = {
  refresh: 'allow',
  persist: 'allow',
  resume: refused,
  cancelResume: 'allow',
  discard: 'allow',
  remove: 'allow',
  clearCheckpoints: 'allow',
  exportFiles: 'allow',
  openFiles: refused,
  setKeepsImages: 'allow',
  openImages: { refuse: 'images', report: 'dataset' },
  clearImages: 'allow',
  dismissError: 'allow',
};

/** Returns a function that loads the code of the storage at its first call. */
export const storageLoader = (parts: StorageParts): (() => Promise<LoadedStorage>) => {
  let loading: Promise<LoadedStorage> | undefined;
  return () => {
    loading ??= import('./own-actions.ts').then(({ createStorage }) => createStorage(parts));
    return loading;
  };
};

/** Creates the actions. */
export const createStorageActions = (
  api: StateApi,
  loaded: () => Promise<LoadedStorage>,
  onVisibility: Clients['onVisibility'],
): StorageActions => {
  /** Never rejects: an error goes to `storage.error`. */
  const use = async <T>(work: (storage: LoadedStorage) => T | Promise<T>): Promise<T | undefined> => {
    try {
      return await work(await loaded());
    } catch (thrown) {
      patch(api, 'storage', { error: asResiduaError(thrown).toPlain() });
      return undefined;
    }
  };
  onVisibility((visible) => void use((storage) => (visible ? storage.refresh() : storage.takeCheckpoint())));
  return {
    refresh: () => use((storage) => storage.refresh()),
    persist: () => use((storage) => storage.persist()),
    resume: (runId) => use((storage) => storage.resume(runId)),
    cancelResume: () => patch(api, 'storage', { awaited: undefined }),
    discard: (runId) => use((storage) => storage.discard(runId)),
    remove: (key) => use((storage) => storage.remove(key)),
    clearCheckpoints: () => use((storage) => storage.clearCheckpoints()),
    exportFiles: (runId) => use((storage) => storage.exportFiles(runId)),
    openFiles: (files) => use((storage) => storage.openFiles(files)),
    setKeepsImages: (keepsImages) => patch(api, 'storage', { keepsImages }),
    openImages: (key) => use((storage) => storage.openImages(key)),
    clearImages: () => use((storage) => storage.clearImages()),
    dismissError: () => patch(api, 'storage', { error: undefined }),
  };
};
