/** The evaluations of a run: their place in it, and its last good state. */
import { isCancelled } from '#core/errors.ts';
import type { EvaluationSettings } from '#core/evaluation-settings.ts';
import type { Evaluation } from '#core/history.ts';
import type { RunHistory } from './run-history.ts';
import type { TrainerStage } from './trainer-stage.ts';
import type { TrainerListener, TrainingRun } from './training-run.ts';
import type { WorkQueue } from './work-queue.ts';
import type { WorkOptions } from './yield-point.ts';

/**
 * Evaluates the test split with the current weights.
 * @param step optimizer steps behind the weights
 * @param nowMs a clock in milliseconds
 * @throws ResiduaError as `TrainingRun.evaluate`
 */
export const evaluateRun = async (
  run: TrainingRun,
  settings: EvaluationSettings,
  step: number,
  options: WorkOptions,
  nowMs: () => number,
): Promise<Evaluation> => {
  const startMs = nowMs();
  const result = await run.evaluate(settings, options);
  const epoch = Math.floor(step / run.stepsPerEpoch);
  return { ...result, ...settings, epoch, step, elapsedMs: nowMs() - startMs };
};

/** The source and the target of a trainer's evaluations. */
interface EvaluationParts {
  readonly run: TrainingRun;
  readonly past: RunHistory;
  readonly stage: TrainerStage;
  readonly work: WorkQueue;
  readonly listener: TrainerListener;
  readonly nowMs: () => number;
}

/** Evaluates a run; each evaluation makes the last good state. */
export class TrainerEvaluations {
  /** Whether a halt interrupted an evaluation, which then comes before the next step. */
  owed = false;
  lastGoodStep = 0;

  /** @param settings of the next evaluation */
  constructor(
    private readonly parts: EvaluationParts,
    public settings: EvaluationSettings,
  ) {}

  /**
   * Evaluates with the current settings.
   * @returns false if a halt came first
   */
  async unlessHalted(step: number): Promise<boolean> {
    try {
      await this.evaluate(this.settings, step, this.parts.work.signal);
      return true;
    } catch (thrown) {
      if (!isCancelled(thrown)) throw thrown;
      this.owed = true;
      return false;
    }
  }

  /**
   * Evaluates with other settings; scores the last evaluation's reconstructions again if they suffice.
   * @throws ResiduaError `cancelled`; the settings stay as they were
   */
  async withSettings(settings: EvaluationSettings, step: number, signal: AbortSignal): Promise<void> {
    const last = this.parts.past.evaluations.at(-1);
    const rescored = last && (await this.rescore(settings, last, signal));
    if (rescored) this.append(rescored);
    else await this.evaluate(settings, step, signal);
    this.settings = settings;
  }

  /** Restores the last good state, and returns its step. */
  restore(): number {
    this.parts.run.restoreState();
    return this.lastGoodStep;
  }

  /** @throws ResiduaError `cancelled` */
  private async evaluate(settings: EvaluationSettings, step: number, signal: AbortSignal): Promise<void> {
    const { run, stage, nowMs } = this.parts;
    stage.begin('evaluating');
    const evaluation = await evaluateRun(run, settings, step, this.options(signal), nowMs);
    this.owed = false;
    run.keepState();
    this.lastGoodStep = step;
    const { elapsedMs } = evaluation;
    this.parts.listener.onTimed?.({ kind: 'evaluation', settings, elapsedMs });
    this.append(evaluation);
  }

  private async rescore(
    settings: EvaluationSettings,
    { epoch, step }: Evaluation,
    signal: AbortSignal,
  ): Promise<Evaluation | undefined> {
    const { run, nowMs } = this.parts;
    const startMs = nowMs();
    const result = await run.rescore(settings, this.options(signal));
    return result && { ...result, ...settings, epoch, step, elapsedMs: nowMs() - startMs };
  }

  private options(signal: AbortSignal): WorkOptions {
    return { signal, onProgress: this.parts.stage.progressOf('evaluating') };
  }

  private append(evaluation: Evaluation): void {
    const { past, listener } = this.parts;
    past.addEvaluation(evaluation);
    listener.emit('evaluation', evaluation);
    listener.onEvaluation?.();
  }
}
