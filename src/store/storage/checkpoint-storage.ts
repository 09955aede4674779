/** The storage of checkpoints, which the browser's database implements. */
import type { StoredCheckpoint, UnreadableCheckpoint } from './stored-checkpoint.ts';

/** Number of checkpoints that a run keeps: if the newest is damaged, the one before it is left. */
export const checkpointsPerRun = 2;

/** All checkpoints in the storage. */
export interface CheckpointList {
  /** Newest first. */
  readonly stored: readonly StoredCheckpoint[];
  readonly unreadable: readonly UnreadableCheckpoint[];
}

/** Identifies a checkpoint in the storage. */
export type CheckpointKey = Pick<StoredCheckpoint, 'runId' | 'step'>;

/** An open storage. All its methods reject with a `ResiduaError`, `storage-full` or `storage-failed`. */
export interface CheckpointStorage {
  list(): Promise<CheckpointList>;
  /**
   * Writes a checkpoint, and removes those of the same run but the newest `checkpointsPerRun`. If that fails, or the page
   * ends while it is written, nothing changes.
   * @param files one per contestant
   */
  write(checkpoint: StoredCheckpoint, files: readonly ArrayBuffer[]): Promise<void>;
  /** Reads the files of a checkpoint; undefined if there is none. The caller owns the buffers. */
  read(key: CheckpointKey): Promise<readonly ArrayBuffer[] | undefined>;
  remove(key: CheckpointKey): Promise<void>;
  /** Removes all checkpoints of a run. */
  removeRun(runId: string): Promise<void>;
}
