/** When the next checkpoint is due: often enough to lose little, and rarely enough to cost little. */

/** A crash loses at most this much training, unless checkpoints are slow. */
const intervalMs = 20_000;
/** Share of the training time that checkpoints may take. */
const mostShare = 0.02;

export class CheckpointPace {
  private endedMs: number;
  private costMs = 0;

  /** @param nowMs a clock in milliseconds; the first interval begins now */
  constructor(private readonly nowMs: () => number) {
    this.endedMs = nowMs();
  }

  /** Whether enough time has passed since the last checkpoint, by the clock and by its cost. */
  get isDue(): boolean {
    return this.nowMs() - this.endedMs >= Math.max(intervalMs, this.costMs / mostShare);
  }

  /**
   * Notes a checkpoint that ends now, or failed.
   * @param costMs the time that it took, in milliseconds
   */
  end(costMs: number): void {
    this.endedMs = this.nowMs();
    this.costMs = costMs;
  }
}
