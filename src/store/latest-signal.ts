/** The signal of work of which only the latest counts. */
import { cancelled } from '#core/errors.ts';

export interface LatestSignal {
  /** Cancels the previous work, and returns the signal of the next. */
  next(): AbortSignal;
  /** Cancels the work under way, if any. */
  abort(): void;
}

/** Signals abort with the reason `cancelled`. */
export const createLatestSignal = (): LatestSignal => {
  let latest: AbortController | undefined;
  const abort = (): void => latest?.abort(cancelled());
  return {
    abort,
    next: () => {
      abort();
      latest = new AbortController();
      return latest.signal;
    },
  };
};
