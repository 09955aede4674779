/** Drives a run: bursts of steps between readbacks, evaluations every k epochs, pause, step, stop, failure. */
import type { RunConfig } from '#core/config.ts';
import { asResiduaError, isCancelled, type ResiduaError } from '#core/errors.ts';
import { type EvaluationSettings, evaluationSettingsOf } from '#core/evaluation-settings.ts';
import type { Evaluation, History } from '#core/history.ts';
import { BurstPace } from './burst-pace.ts';
import { evaluateRun, rescoreRun } from './evaluate-run.ts';
import { Preparation } from './preparation.ts';
import { ProbePace } from './probe-pace.ts';
import { nonFiniteLoss, RunHistory } from './run-history.ts';
import { RunSchedule } from './run-schedule.ts';
import { Throughput } from './throughput.ts';
import { TrainerStage } from './trainer-stage.ts';
import type { TrainerListener, TrainerStatus } from './trainer-status.ts';
import type { TrainingRun } from './training-run.ts';
import { WorkQueue } from './work-queue.ts';
import type { InTurns } from './yield-point.ts';
import { yieldToMessages } from './yield-to-messages.ts';

/** One run under control. All methods may be called at any time; what makes no sense in a phase does nothing. */
export class Trainer {
  private readonly past: RunHistory;
  private readonly stage: TrainerStage;
  private readonly schedule: RunSchedule;
  private readonly preparation: Preparation;
  private readonly work = new WorkQueue((thrown) => this.fail(asResiduaError(thrown)));
  private step = 0;
  private keptStep = 0;
  /** An evaluation was stopped by a pause: it comes before the next step. */
  private evaluationOwed = false;
  private ended = false;
  private settings: EvaluationSettings;
  private readonly throughput = new Throughput();
  private readonly probePace = new ProbePace();
  private readonly burstPace = new BurstPace();

  /**
   * @param run the tensor side; the trainer calls it, its owner disposes it
   * @param config epochs and evaluation settings of the run
   * @param listener is told of every change
   * @param nowMs a clock in milliseconds
   */
  constructor(
    private readonly run: TrainingRun,
    private readonly config: RunConfig,
    private readonly listener: TrainerListener,
    private readonly nowMs: () => number = () => performance.now(),
  ) {
    this.past = new RunHistory(run.stepsPerEpoch);
    this.stage = new TrainerStage(() => listener.status(this.status), nowMs);
    this.schedule = new RunSchedule(config, run.stepsPerEpoch);
    this.preparation = new Preparation(run, this.work, this.stage);
    this.settings = evaluationSettingsOf(config);
    run.keepState();
  }

  get status(): TrainerStatus {
    const { phase, activity, progress } = this.stage;
    const running = phase === 'running';
    return {
      phase,
      activity,
      step: this.step,
      stepsPerEpoch: this.run.stepsPerEpoch,
      epoch: this.past.epochAt(this.step),
      epochs: this.config.epochs,
      imagesPerSecond: running ? this.throughput.imagesPerSecond() : undefined,
      remainingMs: running ? this.throughput.remainingMs(this.schedule.steps - this.step) : undefined,
      progress,
    };
  }

  /** All that the run has shown so far; later steps are added to it. */
  get history(): History {
    const { steps, evaluations, spectra } = this.past;
    return { steps, evaluations, spectra };
  }

  /** The settings of the run, with the evaluation settings as they are now. */
  get presentConfig(): RunConfig {
    return { ...this.config, ...this.settings };
  }

  /** Trains until paused, stopped, finished or failed; returns at once. */
  start(): void {
    if (this.stage.phase !== 'idle' && this.stage.phase !== 'paused') return;
    this.stage.enter('running', 'training');
    void this.work.add(() => this.loop());
  }

  /** Resolves when the step in flight is done and nothing runs any more. */
  pause(): Promise<void> {
    return this.work.haltAll();
  }

  /** The same for good: whatever else is under way is called off too. */
  async end(): Promise<void> {
    this.ended = true;
    await this.pause();
  }

  /** Whether whatever is under way is to end, whoever waits for it. */
  get hasEnded(): boolean {
    return this.ended;
  }

  /** One optimiser step, then the image that is shown. Pauses first. */
  async stepOnce(): Promise<void> {
    await this.pause();
    if (this.stage.phase !== 'idle' && this.stage.phase !== 'paused') return;
    this.stage.enter('running', 'training');
    await this.work.add(async () => {
      if (!(await this.preparation.ready())) return this.stage.enter('paused', undefined);
      this.step += 1;
      this.run.step();
      await this.collect();
      if (this.step >= this.schedule.steps) return this.finish();
      if (this.schedule.endsEpoch(this.step)) await this.probe();
      this.stage.enter('running', 'evaluating');
      await this.run.evaluateShown(this.settings);
      this.stage.enter('paused', undefined);
    });
  }

  /** Ends the run where it is, with an evaluation; only pauses where nothing is trained yet. */
  async stop(): Promise<void> {
    await this.pause();
    if (this.stage.phase === 'paused' && this.step > 0) await this.work.add(() => this.finish());
  }

  /** Reconstructs the image that is shown, between steps; does nothing while training, which does so by itself. */
  async show(): Promise<void> {
    if (this.stage.phase === 'running' || this.step === 0) return;
    await this.work.add(() => this.run.evaluateShown(this.settings));
  }

  /**
   * Evaluates the test split again, with other settings. Keeps running if it ran.
   * @param mayGoOn asked between batches
   * @throws ResiduaError `cancelled`; settings and evaluation before stay then
   */
  async reevaluate(settings: EvaluationSettings, mayGoOn: InTurns['mayGoOn'] = () => true): Promise<void> {
    if (this.step === 0) {
      this.settings = settings;
      return;
    }
    const wasRunning = this.stage.phase === 'running';
    await this.pause();
    const goesOn = wasRunning && this.stage.phase === 'paused';
    if (goesOn) this.stage.phase = 'running';
    let stopped: unknown;
    const evaluated = this.work.add(async () => {
      try {
        await this.evaluateAgain(settings, (share) => mayGoOn(share) && !this.ended);
      } catch (thrown) {
        if (!isCancelled(thrown)) throw thrown;
        stopped = thrown;
      }
      this.stage.enter(this.stage.phase, this.stage.phase === 'running' ? 'training' : undefined);
    });
    if (goesOn) void this.work.add(() => this.loop());
    await evaluated;
    if (stopped) throw stopped;
  }

  /**
   * Does something with the run that changes nothing of it, between what the trainer does itself; what it throws is the
   * caller's.
   * @param task asks `mayGoOn` from time to time and ends soon where that says no: training, or its end, waits for it
   */
  inTurn<T>(task: (mayGoOn: () => boolean) => Promise<T>): Promise<T> {
    return this.work.addForCaller(() => task(() => !this.work.halted && this.stage.phase !== 'running'));
  }

  /**
   * Takes over the past of an imported run, which is finished.
   * @param evaluation of its last weights on the images at hand
   */
  adopt(history: History, evaluation: Evaluation): void {
    this.step = evaluation.step;
    this.keptStep = this.step;
    this.past.adopt(history);
    this.past.addEvaluation(evaluation);
    this.stage.enter('finished', undefined);
  }

  /** Steps until the next readback: to the end of the epoch at most where a probe is due. */
  private nextBurst(nowMs: number): number {
    const { next } = this.burstPace;
    return this.probePace.isDue(nowMs) ? Math.min(next, this.schedule.toEpochEnd(this.step)) : next;
  }

  private async loop(): Promise<void> {
    if (this.stage.phase !== 'running') return;
    if (!(await this.preparation.ready())) return this.stage.enter('paused', undefined);
    this.throughput.restart(this.nowMs());
    while (!this.work.halted) {
      if (this.evaluationOwed && !(await this.evaluateUnlessPaused())) break;
      let images = 0;
      let done = 0;
      const startMs = this.nowMs();
      const most = Math.min(this.nextBurst(startMs), this.schedule.toEvaluation(this.step));
      while (done < most && !this.work.halted) {
        images += this.run.step();
        this.step += 1;
        done += 1;
        await yieldToMessages();
      }
      await this.collect();
      this.burstPace.add(done, this.nowMs() - startMs);
      if (this.step >= this.schedule.steps) return this.finish();
      if (
        this.schedule.isEvaluated(this.step) ||
        (this.schedule.endsEpoch(this.step) && this.probePace.isDue(this.nowMs()))
      )
        await this.probe();
      if (this.schedule.isEvaluated(this.step) && !(await this.evaluateUnlessPaused())) break;
      this.throughput.add(this.nowMs(), images, done);
      this.stage.enter('running', 'training');
    }
    this.stage.enter('paused', undefined);
  }

  private async collect(): Promise<void> {
    const losses = await this.run.takeLosses();
    const { good, bad } = this.past.addLosses(losses, this.step);
    if (good.length > 0) this.listener.steps(good);
    if (bad) throw nonFiniteLoss(bad, this.keptStep);
  }

  /** What is not finite is not noted: the loss of the next step ends such a run. */
  private async probe(): Promise<void> {
    if (this.past.spectra.at(-1)?.step === this.step) return;
    const startMs = this.nowMs();
    const probe = await this.run.probeSpectrum();
    this.probePace.add(startMs, this.nowMs());
    if (!probe.power.every(Number.isFinite)) return;
    const record = { epoch: this.past.epochAt(this.step), step: this.step, ...probe };
    this.past.spectra.push(record);
    this.listener.spectrum(record);
  }

  /** @returns false where a pause came first */
  private async evaluateUnlessPaused(): Promise<boolean> {
    try {
      // What is through when the pause comes is not thrown away.
      await this.evaluate(this.settings, (share) => share === 1 || !this.work.halted);
      return true;
    } catch (thrown) {
      if (!isCancelled(thrown)) throw thrown;
      this.evaluationOwed = true;
      return false;
    }
  }

  /** @throws ResiduaError `cancelled` */
  private async evaluate(settings: EvaluationSettings, mayGoOn: InTurns['mayGoOn']): Promise<void> {
    this.stage.enter(this.stage.phase, 'evaluating');
    const evaluation = await evaluateRun(this.run, settings, this.step, this.turns(mayGoOn), this.nowMs);
    this.evaluationOwed = false;
    this.run.keepState();
    this.keptStep = this.step;
    this.append(evaluation);
  }

  /** @throws ResiduaError `cancelled`; the settings before stay then */
  private async evaluateAgain(settings: EvaluationSettings, mayGoOn: InTurns['mayGoOn']): Promise<void> {
    const last = this.past.evaluations.at(-1);
    const rescored = last && (await rescoreRun(this.run, settings, last, this.turns(mayGoOn), this.nowMs));
    if (rescored) this.append(rescored);
    else await this.evaluate(settings, mayGoOn);
    this.settings = settings;
  }

  private turns(mayGoOn: InTurns['mayGoOn']): InTurns {
    return { mayGoOn, onProgress: this.stage.teller('evaluating') };
  }

  private append(evaluation: Evaluation): void {
    this.past.addEvaluation(evaluation);
    this.listener.evaluation(evaluation);
  }

  private async finish(): Promise<void> {
    await this.probe();
    const evaluated = this.past.evaluations.at(-1)?.step === this.step || (await this.evaluateUnlessPaused());
    this.stage.enter(evaluated ? 'finished' : 'paused', undefined);
  }

  private fail(error: ResiduaError): void {
    if (error.code === 'non-finite-loss') {
      this.run.restoreState();
      this.step = this.keptStep;
    }
    this.stage.enter('failed', undefined);
    this.listener.failure(error);
  }
}
