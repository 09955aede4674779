/** What the page knows of the library of kept runs. */
import type { PlainError } from '#core/errors.ts';
import type { RetainedRun } from './retained-run.ts';
import type { UnreadableRun } from './run-library.ts';

export interface RunsState {
  /** Whether the library has been read: before that `retained` is empty because nothing is known. */
  readonly opened: boolean;
  /** Oldest first. */
  readonly retained: readonly RetainedRun[];
  /** Ids of the runs that are overlaid and compared, in the order in which they were chosen; at most `mostChosen`. */
  readonly chosen: readonly string[];
  /** Id under which the run that the worker holds is kept, or was until it was removed; undefined where it is not. */
  readonly presentId: string | undefined;
  /** Runs that `undoRemove` brings back, the latest last. */
  readonly removed: readonly RetainedRun[];
  /** Ids of runs that the storage did not take: they last as long as the page. */
  readonly unsaved: readonly string[];
  /** Records in the storage that are no runs of this page. */
  readonly unreadable: readonly UnreadableRun[];
  /** Why no run outlasts the page; undefined where they do. */
  readonly memoryOnly: PlainError | undefined;
  readonly error: PlainError | undefined;
}

/** More curves than this cannot be told apart. */
export const mostChosen = 6;

/** The library before it is opened. */
export const initialRuns: RunsState = {
  opened: false,
  retained: [],
  chosen: [],
  presentId: undefined,
  removed: [],
  unsaved: [],
  unreadable: [],
  memoryOnly: undefined,
  error: undefined,
};

/** The run of this id; undefined where it is not in the library. */
export const retainedRun = ({ retained }: RunsState, id: string | undefined): RetainedRun | undefined =>
  retained.find((run) => run.id === id);
