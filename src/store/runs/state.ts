/** The library of retained runs. */
import type { PlainError } from '#core/errors.ts';
import { isBeingRetained } from '../run/state.ts';
import { isCheckpointed, losesProgress } from '../storage/state.ts';
import type { RetainedRun } from './retained-run.ts';
import type { UnreadableRun } from './run-library.ts';

export interface RunsState {
  /** Whether the library has been read; `retained` is empty before that. */
  readonly opened: boolean;
  /** Oldest first. */
  readonly retained: readonly RetainedRun[];
  /** Ids of the overlaid and compared runs, in the order in which they were chosen; at most `mostChosen`. */
  readonly chosen: readonly string[];
  /** Id of the present run, even after its removal; undefined if it is not retained. */
  readonly presentId: string | undefined;
  /** Runs that `undoRemove` restores, the latest last. */
  readonly removed: readonly RetainedRun[];
  /** Whether coming runs are retained with their past epochs. */
  readonly keepsPast: boolean;
  /** Ids of runs that could not be stored and are lost when the page closes. */
  readonly unsaved: readonly string[];
  /** Unreadable records in the storage. */
  readonly unreadable: readonly UnreadableRun[];
  /** Why the runs are lost when the page closes; undefined if they are stored. */
  readonly memoryOnly: PlainError | undefined;
  /** The evaluation of retained runs by the present score, under way; undefined if there is none. */
  readonly rescoring:
    | { readonly name: string; readonly share: number; readonly remainingMs: number | undefined }
    | undefined;
  readonly error: PlainError | undefined;
}

/** The largest number of chosen runs: more curves are hard to distinguish. */
export const mostChosen = 6;

/** The library before it is opened. */
export const initialRuns: RunsState = {
  opened: false,
  retained: [],
  chosen: [],
  presentId: undefined,
  removed: [],
  keepsPast: true,
  unsaved: [],
  unreadable: [],
  memoryOnly: undefined,
  rescoring: undefined,
  error: undefined,
};

/**
 * Whether closing the page would lose weights: those of a run that is neither retained nor in a checkpoint, or of retained runs
 * that are only in memory.
 */
export const isLostOnClose = (
  state: Parameters<typeof losesProgress>[0] & { readonly runs: RunsState },
): boolean => {
  const { runs } = state;
  return (
    losesProgress(state) ||
    (isBeingRetained(state.run) && !isCheckpointed(state)) ||
    runs.unsaved.length > 0 ||
    (runs.memoryOnly !== undefined && runs.retained.length > 0)
  );
};

/** Returns the run of this id; undefined if it is not in the library. */
export const retainedRun = ({ retained }: RunsState, id: string | undefined): RetainedRun | undefined =>
  retained.find((run) => run.id === id);
