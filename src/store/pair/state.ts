/** The finished pair of runs that comes with the page: a race of WFDL, the present run, and L2. */

export interface PairState {
  /**
   * `shown` from the moment that both are on the page, until the user trains, opens images or another run, or dismisses them.
   * L2 is among `runs.retained` then, marked as `bundled`.
   */
  readonly phase: 'none' | 'loading' | 'shown';
}

export const initialPair: PairState = { phase: 'none' };

/** The pair in a link, in place of the id of a retained run. */
export const bundledRunId = 'bundled';
