/** Options of long work that a test cancels. */
import { cancelled } from '#core/errors.ts';
import type { WorkOptions } from '../yield-point.ts';

/** Canceled before it starts. */
export const canceledBefore = (): WorkOptions => ({ signal: AbortSignal.abort(cancelled()) });

/** Canceled at the first yield point that satisfies the condition on the completed share. */
export const canceledWhen = (condition: (share: number) => boolean): WorkOptions => {
  const abort = new AbortController();
  const onProgress = (share: number): void => {
    if (condition(share)) abort.abort(cancelled());
  };
  return { signal: abort.signal, onProgress };
};
