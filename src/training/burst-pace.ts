/** Determines the number of steps between two readbacks from the duration of the last steps. */

/** Time between readbacks: charts update ten times a second, and a readback of 1 to 3 ms costs the device little. */
const readbackEveryMs = 100;
const longestBurst = 64;

/** Starts with single steps. */
export class BurstPace {
  private steps = 1;

  /** Number of steps in the next burst. */
  get next(): number {
    return this.steps;
  }

  /** Records a burst; a burst that was halted before its first step is ignored. */
  add(steps: number, elapsedMs: number): void {
    if (steps === 0) return;
    this.steps = Math.max(1, Math.min(longestBurst, Math.round((readbackEveryMs * steps) / elapsedMs)));
  }
}
