/** Probes of the residual's spectrum during training, rare enough to hardly slow it down. */
import type { Emit } from '#core/training-events.ts';
import type { RunHistory } from './run-history.ts';
import type { TrainingRun } from './training-run.ts';

/** A chart that changes more often is no easier to read. */
const leastIntervalMs = 250;
/** Probes take at most this fraction of the time. */
const mostShare = 0.05;

/** Spaces probes by their cost. Time comes from the caller, in milliseconds. */
export class ProbePace {
  private dueMs = Number.NEGATIVE_INFINITY;
  private probes = 0;

  isDue(nowMs: number): boolean {
    return nowMs >= this.dueMs;
  }

  /** Records a probe. The first does not delay the next: its time includes compiling. */
  add(startMs: number, endMs: number): void {
    const pauseMs = this.probes === 0 ? 0 : (endMs - startMs) * (1 / mostShare - 1);
    this.dueMs = Math.max(startMs + leastIntervalMs, endMs + pauseMs);
    this.probes += 1;
  }
}

/** Takes the probes of one run. */
export class SpectrumProbes {
  private readonly pace = new ProbePace();

  /** @param nowMs a clock in milliseconds */
  constructor(
    private readonly run: TrainingRun,
    private readonly past: RunHistory,
    private readonly emit: Emit,
    private readonly nowMs: () => number,
  ) {}

  get areDue(): boolean {
    return this.pace.isDue(this.nowMs());
  }

  /**
   * Takes the probe of a step, once. Skips a non-finite probe; the next loss check fails the run.
   * @param step completed optimizer steps
   */
  async take(step: number): Promise<void> {
    if (this.past.spectra.at(-1)?.step === step) return;
    const startMs = this.nowMs();
    const probe = await this.run.probeSpectrum();
    this.pace.add(startMs, this.nowMs());
    if (!probe.power.every(Number.isFinite)) return;
    const record = { epoch: this.past.epochAt(step), step, ...probe };
    this.past.spectra.push(record);
    this.emit('spectrum', record);
  }
}
