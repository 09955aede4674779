/** The storage of runs: the browser's, or memory if there is none. */
import type { PlainError } from '#core/errors.ts';
import type { ExportedRun } from '#worker/protocol.ts';
import type { RetainedRun } from './retained-run.ts';

/** A record that is damaged or not a run. It stays in the storage. */
export interface UnreadableRun {
  readonly id: string;
  /** Its name, if it can be read. */
  readonly name: string | undefined;
  /** Why it cannot be read, in whole sentences. */
  readonly reason: string;
}

/** The content of a library when it is opened. */
export interface LibraryContents {
  /** Oldest first. */
  readonly runs: readonly RetainedRun[];
  readonly unreadable: readonly UnreadableRun[];
  /** Why the runs are lost when the page closes; undefined if they are stored. */
  readonly memoryOnly: PlainError | undefined;
}

/** An open library. All its methods reject with a `ResiduaError`, `storage-full` or `storage-failed`. */
export interface RunLibrary {
  readonly contents: LibraryContents;
  /**
   * Adds a run with its files, or replaces the run with the same id. Without past epochs among the files, earlier ones are
   * removed. If that fails, nothing changes.
   */
  add(run: RetainedRun, files: ExportedRun): Promise<void>;
  /** Writes a run again, without its files. */
  update(run: RetainedRun): Promise<void>;
  /** Reads the model of a run, without past epochs; undefined if the library has none. The caller owns the buffer. */
  files(id: string): Promise<ExportedRun | undefined>;
  /** Reads the past epochs of a run, `past.bin`; undefined if the library has none. The caller owns the buffer. */
  past(id: string): Promise<ArrayBuffer | undefined>;
  /** Writes a run again, and removes its past epochs. */
  removePast(run: RetainedRun): Promise<void>;
  /** Removes a run, and returns its files with past epochs; undefined if the library has none. The caller owns the buffers. */
  remove(id: string): Promise<ExportedRun | undefined>;
}
