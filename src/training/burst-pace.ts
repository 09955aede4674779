/** How many steps to record between two readbacks, from how long the last ones took. */

/** Readbacks are this far apart: charts follow ten times a second, and one of 1 to 3 ms keeps a device from little. */
const readbackEveryMs = 100;
const longestBurst = 64;

/** Begins with single steps. */
export class BurstPace {
  private steps = 1;

  /** Steps of the next burst. */
  get next(): number {
    return this.steps;
  }

  /** Notes a burst; one that was halted before its first step teaches nothing. */
  add(steps: number, elapsedMs: number): void {
    if (steps === 0) return;
    this.steps = Math.max(1, Math.min(longestBurst, Math.round((readbackEveryMs * steps) / elapsedMs)));
  }
}
