/** What the code of the storage needs from the rest of the store, and what it offers once it is loaded. */
import type { ImageSet } from '#core/dataset.ts';
import type { TrainingClient } from '#worker/training-client.ts';
import type { StateApi } from '../app-state.ts';
import type { Clients } from '../clients.ts';
import type { DatasetLoader } from '../dataset/actions.ts';
import type { LoadedDataset } from '../dataset/state.ts';
import type { RunActions } from '../run/actions.ts';
import type { RunTasks } from '../run/run-tasks.ts';
import type { PresentRunFollower } from '../runs/present-run.ts';
import type { SyncedLibrary } from '../runs/synced-library.ts';
import type { CheckpointKey } from './checkpoint-storage.ts';
import type { ImagesKey } from './kept-images.ts';
import type { StoredCheckpoint } from './stored-checkpoint.ts';

/** The rest of the store, as far as the storage needs it. */
export interface StorageParts extends Pick<Clients, 'openStorage' | 'nowMs'> {
  readonly api: StateApi;
  readonly training: TrainingClient;
  readonly dataset: Pick<DatasetLoader, 'imagesNamed' | 'restoredImages' | 'loadRestored'>;
  readonly run: Pick<RunActions, 'setConfig'>;
  readonly library: Pick<SyncedLibrary, 'settled'>;
  readonly present: PresentRunFollower;
  readonly tasks: RunTasks;
  /** Requests the view of the shown image. */
  readonly showAgain: () => Promise<void>;
}

/** The newest checkpoint of the present run, in memory: also where nothing is stored. */
export interface RecentCheckpoint {
  readonly checkpoint: StoredCheckpoint;
  /** One per contestant, the present run's first. */
  readonly files: readonly ArrayBuffer[];
}

/** The actions whose code is loaded later. They never reject: unless stated otherwise, errors go to `storage.error`. */
export interface LoadedStorage {
  /** Takes a checkpoint of new steps now: the page is hidden, and may be closed in the next moment. */
  takeCheckpoint(): void;
  /** The newest checkpoint of the present run; undefined before its first. */
  recent(): RecentCheckpoint | undefined;
  /** The next run of the page is the present one, restored at its newest checkpoint or at its start. */
  expectSame(): void;
  /** Reads the storage. Called at the start, and when the page becomes visible: other tabs change it too. */
  refresh(): Promise<void>;
  /** Asks the browser to keep the storage until the user deletes it. */
  persist(): Promise<void>;
  /**
   * Replaces the present run by an interrupted one, and trains on. If its images are neither loaded nor kept,
   * `storage.awaited` says so, and it is resumed as soon as a category of that name is loaded. Errors go to `run.error`.
   */
  resume(runId: string): Promise<void>;
  /** Deletes all checkpoints of a run. */
  discard(runId: string): Promise<void>;
  /** Deletes one checkpoint. */
  remove(key: CheckpointKey): Promise<void>;
  /** Deletes all checkpoints but those of the present run and of other tabs. */
  clearCheckpoints(): Promise<void>;
  /** Reads the newest checkpoint of a run, one file per contestant; undefined if it cannot be read. */
  exportFiles(runId: string): Promise<readonly ArrayBuffer[] | undefined>;
  /** Stores the checkpoint in these files, one per contestant, and resumes it. */
  openFiles(files: readonly File[]): Promise<void>;
  /** Loads kept images, and sets the side of the next run to theirs. */
  openImages(key: ImagesKey): Promise<void>;
  /** Reads kept images that the page has loaded; undefined if they are not kept. Rejects if they cannot be read. */
  keptImages(loaded: LoadedDataset): Promise<ImageSet | undefined>;
  /** Deletes all kept images. */
  clearImages(): Promise<void>;
}
