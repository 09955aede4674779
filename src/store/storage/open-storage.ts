/** The storage of the page, once it is open: the browser's, or one of a test. */
import type { CheckpointStorage } from './checkpoint-storage.ts';
import type { ImageStorage } from './image-storage.ts';
import type { RunLocks } from './run-locks.ts';

/** How much the browser stores for this page. */
export interface StorageRoom {
  /** Undefined if the browser does not tell. */
  readonly usedBytes: number | undefined;
  /** The most that it would store; undefined if the browser does not tell. */
  readonly quotaBytes: number | undefined;
  /** Whether the browser keeps it until the user deletes it, instead of until the disk is short of space. */
  readonly persisted: boolean;
}

/** Everything that the page keeps in the browser beside its retained runs. */
export interface OpenStorage {
  readonly checkpoints: CheckpointStorage;
  readonly images: ImageStorage;
  readonly locks: RunLocks;
  readonly room: {
    measure(): Promise<StorageRoom>;
    /** Asks the browser to keep the storage until the user deletes it; resolves to whether it does. */
    persist(): Promise<boolean>;
  };
}
