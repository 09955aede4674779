/** When the next probe of the spectrum is due: so seldom that training hardly notices. Time comes from the caller, in ms. */

/** A chart that changes more often than this is not read any better. */
const leastIntervalMs = 250;
/** Probes take at most this share of the time. */
const mostShare = 0.05;

/** Spaces probes by what they cost. */
export class ProbePace {
  private dueMs = Number.NEGATIVE_INFINITY;
  private probes = 0;

  isDue(nowMs: number): boolean {
    return nowMs >= this.dueMs;
  }

  /** Notes a probe. The first is not held against the next: it also pays what is done once. */
  add(startMs: number, endMs: number): void {
    const pauseMs = this.probes === 0 ? 0 : (endMs - startMs) * (1 / mostShare - 1);
    this.dueMs = Math.max(startMs + leastIntervalMs, endMs + pauseMs);
    this.probes += 1;
  }
}
