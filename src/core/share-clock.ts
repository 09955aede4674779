/** Estimates the time left from the fraction of the work that is done. */

/** Progress of some work. */
export interface ShareDone {
  /** 0 to 1. */
  readonly share: number;
  /** Milliseconds left at the pace so far. */
  readonly remainingMs: number;
}

/** Short work ends before anyone could read its progress, and faster reports would be unreadable. */
const reportEveryMs = 250;

/** Times one piece of work. */
export class ShareClock {
  private reportedMs: number;

  /** @param startMs start of the work on any clock, in milliseconds */
  constructor(private readonly startMs: number) {
    this.reportedMs = startMs;
  }

  /**
   * Returns the progress to report; undefined if the start or the last report was too recent.
   * @param share in (0, 1]
   * @param nowMs on the clock of the start
   */
  at(share: number, nowMs: number): ShareDone | undefined {
    if (nowMs - this.reportedMs < reportEveryMs) return undefined;
    this.reportedMs = nowMs;
    return { share, remainingMs: ((nowMs - this.startMs) * (1 - share)) / share };
  }
}
