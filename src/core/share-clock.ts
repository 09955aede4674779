/** Time left of work of which a share is done. */

/** How far work is. */
export interface ShareDone {
  /** 0 to 1. */
  readonly share: number;
  /** Milliseconds left, were the rest as fast as what is done. */
  readonly remainingMs: number;
}

/** Nothing is said of work that is over before anyone could read it, nor more often than it can be read. */
const tellEveryMs = 250;

/** The clock of one piece of work. */
export class ShareClock {
  private toldMs: number;

  /** @param startMs when the work began, on any clock in milliseconds */
  constructor(private readonly startMs: number) {
    this.toldMs = startMs;
  }

  /**
   * What to tell when a share is done; undefined if it is too soon after the start or the last time.
   * @param share in (0, 1]
   * @param nowMs on the clock of the start
   */
  at(share: number, nowMs: number): ShareDone | undefined {
    if (nowMs - this.toldMs < tellEveryMs) return undefined;
    this.toldMs = nowMs;
    return { share, remainingMs: ((nowMs - this.startMs) * (1 - share)) / share };
  }
}
