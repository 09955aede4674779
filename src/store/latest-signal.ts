/** Abort signals for repeated work, if each start cancels the work before it. */
import { cancelled } from '#core/errors.ts';

export interface LatestSignal {
  /** Cancels the previous work, and returns the signal for the next. */
  next(): AbortSignal;
  /** Cancels the work under way, if any. */
  abort(): void;
}

/** Creates the source of the signals, which abort with the reason `cancelled`. */
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
