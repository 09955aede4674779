/** What the store needs of a place that keeps runs: the browser's storage, or memory where there is none. */
import type { PlainError } from '#core/errors.ts';
import type { ExportedRun } from '#worker/protocol.ts';
import type { RetainedRun } from './retained-run.ts';

/** A record that is no run of ours, or no longer whole. It stays where it is. */
export interface UnreadableRun {
  readonly id: string;
  /** Its name where it still has one. */
  readonly name: string | undefined;
  /** Why it cannot be shown, in whole sentences. */
  readonly reason: string;
}

/** What a library held when it was opened. */
export interface LibraryContents {
  /** Oldest first. */
  readonly runs: readonly RetainedRun[];
  readonly unreadable: readonly UnreadableRun[];
  /** Why runs last only as long as the page; undefined where they outlast it. */
  readonly memoryOnly: PlainError | undefined;
}

/** An open library. All its methods reject with a `ResiduaError`, `storage-full` or `storage-failed`. */
export interface RunLibrary {
  readonly contents: LibraryContents;
  /** Adds a run with its files, or takes the place of the run of the same id: all or nothing. */
  add(run: RetainedRun, files: ExportedRun): Promise<void>;
  /** Writes a run anew without its files. */
  update(run: RetainedRun): Promise<void>;
  /** The files of a run; undefined where the library has none. The buffer is the caller's. */
  files(id: string): Promise<ExportedRun | undefined>;
  /** Removes a run with its files. */
  remove(id: string): Promise<void>;
}
