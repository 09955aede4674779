/** Controls a run: bursts of steps between readbacks, evaluations every k epochs, pause, step, stop, failure. */
import type { RunConfig } from '#core/config.ts';
import { asResiduaError, cancelled, isCancelled } from '#core/errors.ts';
import { type EvaluationSettings, evaluationSettingsOf } from '#core/evaluation-settings.ts';
import type { History } from '#core/history.ts';
import { type ChangeableValues, type RunChange, requireEpochs } from '#core/run-change.ts';
import type { RunStatus } from '#core/training-events.ts';
import { BetweenSteps } from './between-steps.ts';
import { BurstPace } from './burst-pace.ts';
import { Preparation } from './preparation.ts';
import { nonFiniteLoss, RunHistory } from './run-history.ts';
import { RunSchedule } from './run-schedule.ts';
import { SpectrumProbes } from './spectrum-probes.ts';
import { Throughput } from './throughput.ts';
import { TrainerEvaluations } from './trainer-evaluations.ts';
import { type PhaseEffect, type PhaseEvent, transition } from './trainer-phase.ts';
import { TrainerStage } from './trainer-stage.ts';
import type { TrainerListener, TrainingRun } from './training-run.ts';
import type { Turn, Turns } from './turns.ts';
import { WorkQueue } from './work-queue.ts';
import { yieldToMessages } from './yield-point.ts';

/** The place of loaded weights in their run. */
export interface AdoptedPlace {
  /** Completed optimizer steps. */
  readonly step: number;
  /** Step of the last evaluation, whose weights are the last good state. */
  readonly lastGoodStep: number;
  /** Whether an interrupted evaluation comes before the next step. */
  readonly evaluationOwed: boolean;
  /** Whether the run is finished; otherwise it is paused. */
  readonly finished: boolean;
}

/** One run under control. All methods may be called at any time; each phase ignores the commands that do not apply to it. */
export class Trainer {
  /** All losses, evaluations and spectra so far; later ones are added to it. */
  readonly history: RunHistory;
  private readonly stage: TrainerStage;
  private schedule: RunSchedule;
  private readonly preparation: Preparation;
  private readonly evaluations: TrainerEvaluations;
  private readonly probes: SpectrumProbes;
  private readonly work = new WorkQueue((thrown) => this.fail(thrown));
  private readonly boundary = new BetweenSteps(this.work);
  private readonly ending = new AbortController();
  private step = 0;
  /** Undefined if the device trains only this run. */
  private turn: Turn | undefined;
  /** For evaluations at the user's request, whose time is no training time. */
  private evaluationTurn: Turn | undefined;
  private readonly throughput = new Throughput();
  private readonly burstPace = new BurstPace();
  private recorded = false;

  /**
   * @param run the tensors; the trainer calls it, its owner disposes it
   * @param config epochs and evaluation settings of the run
   * @param nowMs a clock in milliseconds
   */
  constructor(
    private readonly run: TrainingRun,
    private config: RunConfig,
    private readonly listener: TrainerListener,
    private readonly nowMs: () => number = () => performance.now(),
  ) {
    const past = new RunHistory(run.stepsPerEpoch);
    this.history = past;
    this.stage = new TrainerStage(() => this.reportStatus(), nowMs);
    this.schedule = new RunSchedule(config, run.stepsPerEpoch);
    this.preparation = new Preparation(run, this.work, this.stage);
    this.probes = new SpectrumProbes(run, past, listener.emit, nowMs);
    const parts = { run, past, stage: this.stage, work: this.work, listener, nowMs };
    this.evaluations = new TrainerEvaluations(parts, evaluationSettingsOf(config));
  }

  /**
   * Shares the device: from now on the trainer steps, probes and evaluates only in its turns.
   * @param rank of trainers that are equally far, the lowest rank comes first
   */
  takeTurns(turns: Turns, rank: number): void {
    const done = (): number => this.step / this.schedule.steps;
    this.turn = turns.join(rank, done);
    this.evaluationTurn = turns.join(rank, done);
  }

  get status(): RunStatus {
    const { phase, activity, progress } = this.stage;
    const running = phase === 'running';
    return {
      phase,
      activity,
      step: this.step,
      stepsPerEpoch: this.run.stepsPerEpoch,
      epoch: this.history.epochAt(this.step),
      epochs: this.config.epochs,
      imagesPerSecond: running ? this.throughput.imagesPerSecond() : undefined,
      remainingMs: running ? this.throughput.remainingMs(this.schedule.steps - this.step) : undefined,
      progress,
      turnMs: this.turn?.heldMs(),
      deviceBytes: this.run.deviceBytes,
    };
  }

  /** The settings of the run, with the current evaluation settings. */
  get presentConfig(): RunConfig {
    return { ...this.config, ...this.evaluations.settings };
  }

  /** Whether an interrupted evaluation comes before the next step. */
  get isEvaluationOwed(): boolean {
    return this.evaluations.owed;
  }

  /** Aborted by `end`. */
  get endSignal(): AbortSignal {
    return this.ending.signal;
  }

  /** Trains until paused, stopped, finished or failed; returns at once. */
  start(): void {
    void this.dispatch('start');
  }

  /** Trains a finished run on, if it has steps left: it was stopped, or has more epochs since; returns at once. */
  trainOn(): void {
    if (this.step < this.schedule.steps) void this.dispatch('continue');
  }

  /**
   * Pauses, and changes settings for the next steps.
   * @returns all changes of the run so far
   * @throws ResiduaError `config-invalid` if the run has trained more epochs, or the weight is 0 at all frequencies; then
   *   nothing has changed
   */
  async change(values: ChangeableValues): Promise<readonly RunChange[]> {
    await this.pause();
    return this.work.addForCaller(async () => {
      const { run, history, step } = this;
      const config = { ...this.config, ...values };
      requireEpochs(config.epochs, step, run.stepsPerEpoch);
      run.change(config);
      history.addChanges(this.config, values, step);
      this.config = config;
      this.schedule = new RunSchedule(config, run.stepsPerEpoch);
      this.reportStatus();
      return history.changes;
    });
  }

  /** Resolves when the current step and all other work have ended. */
  pause(): Promise<void> {
    return this.work.haltAll();
  }

  /** Like `pause`, but final: also cancels all other work. */
  async end(): Promise<void> {
    this.ending.abort(cancelled());
    await this.pause();
  }

  /** Pauses, takes one optimizer step, and reconstructs the shown image. */
  async stepOnce(): Promise<void> {
    await this.pause();
    await this.dispatch('step');
  }

  /** Pauses, evaluates and finishes the run; only pauses if nothing is trained yet. */
  async stop(): Promise<void> {
    await this.pause();
    if (this.step > 0) await this.dispatch('stop');
  }

  /** Reconstructs the shown image between steps; does nothing during training, whose evaluations reconstruct it. */
  async show(): Promise<void> {
    if (this.stage.phase === 'running' || this.step === 0) return;
    await this.work.add(() => this.run.evaluateShown(this.evaluations.settings));
  }

  /**
   * Evaluates the test split again, with other settings, and resumes training afterwards if it ran.
   * @throws ResiduaError `cancelled` if the signal is aborted or the run ends; settings and evaluation stay as they were
   */
  async reevaluate(settings: EvaluationSettings, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    if (this.step === 0) {
      this.evaluations.settings = settings;
      return;
    }
    const either = signal ? AbortSignal.any([signal, this.endSignal]) : this.endSignal;
    const wasRunning = this.stage.phase === 'running';
    await this.pause();
    const evaluated = this.work.addForCaller(async () => {
      try {
        if (this.evaluationTurn && !(await this.evaluationTurn.take(either))) throw either.reason;
        await this.evaluations.withSettings(settings, this.step, either);
      } catch (thrown) {
        if (isCancelled(thrown)) throw thrown;
        await this.fail(thrown);
      } finally {
        this.evaluationTurn?.leave();
        this.stage.begin(this.stage.phase === 'running' ? 'training' : undefined);
      }
    });
    if (wasRunning) this.start();
    return evaluated;
  }

  /**
   * Runs a task that leaves the run unchanged, between the trainer's own tasks. The caller handles its errors.
   * @param task receives a signal that is aborted when training resumes or the trainer pauses: both wait for the task
   */
  exclusive<T>(task: (signal: AbortSignal) => Promise<T>): Promise<T> {
    return this.work.addForCaller(() => task(AbortSignal.any([this.work.signal, this.stage.restSignal])));
  }

  /**
   * Runs a task that leaves the run unchanged, between two steps: during training, which goes on afterward, or at rest. The
   * caller handles its errors.
   */
  betweenSteps<T>(task: () => Promise<T>): Promise<T> {
    return this.boundary.perform(async () => {
      this.endSignal.throwIfAborted();
      return task();
    });
  }

  /**
   * Adopts the past of a run whose weights were loaded, from the files of a model or from a checkpoint.
   * @param history up to `at.step`
   */
  adopt(history: History, at: AdoptedPlace): void {
    this.step = at.step;
    this.evaluations.lastGoodStep = at.lastGoodStep;
    this.evaluations.owed = at.evaluationOwed;
    this.history.adopt(history);
    void this.dispatch(at.finished ? 'imported' : 'resumed');
  }

  /** Resolves when the work of the event's effect has ended. */
  private dispatch(event: PhaseEvent): Promise<void> {
    const next = transition(this.stage.phase, event);
    if (!next) return Promise.resolve();
    const done = this.perform(next.effect);
    this.stage.enter(next.phase, next.phase === 'running' ? 'training' : undefined);
    return done;
  }

  private async perform(effect: PhaseEffect | undefined): Promise<void> {
    switch (effect) {
      case 'train':
        return this.addTraining(() => this.loop());
      case 'take-step':
        return this.addTraining(() => this.takeStep());
      case 'evaluate-and-finish':
        return this.addTraining(() => this.finish());
      case 'restore-last-good-state':
        this.step = this.evaluations.restore();
    }
  }

  private addTraining(task: () => Promise<void>): Promise<void> {
    return this.work.add(() => task().finally(() => this.turn?.leave()));
  }

  private reportStatus(): void {
    const { status, listener } = this;
    listener.emit('status', status);
    listener.onStatus?.(status);
  }

  private async takeStep(): Promise<void> {
    if (!(await this.preparation.ready())) return void this.dispatch('paused');
    if (this.turn && !(await this.turn.take(this.work.signal))) return void this.dispatch('paused');
    this.step += 1;
    this.run.step();
    await this.collect();
    if (this.step >= this.schedule.steps) return this.finish();
    if (this.schedule.endsEpoch(this.step)) await this.probes.take(this.step);
    this.stage.begin('evaluating');
    await this.run.evaluateShown(this.evaluations.settings);
    await this.dispatch('paused');
  }

  private async loop(): Promise<void> {
    // An evaluation before it may have failed.
    if (this.stage.phase !== 'running') return;
    if (!(await this.preparation.ready())) return this.dispatch('paused');
    this.throughput.restart(this.nowMs());
    while (!this.work.halted) {
      if (this.turn && !(await this.turn.take(this.work.signal))) break;
      await this.boundary.serve();
      if (this.evaluations.owed && !(await this.evaluations.unlessHalted(this.step))) break;
      const { steps, images } = await this.burst();
      if (this.step >= this.schedule.steps) return this.finish();
      const isEvaluated = this.schedule.isEvaluated(this.step);
      const endsEpoch = this.schedule.endsEpoch(this.step);
      if (isEvaluated || (endsEpoch && this.probes.areDue)) await this.probes.take(this.step);
      if (isEvaluated && !(await this.evaluations.unlessHalted(this.step))) break;
      this.throughput.add(this.nowMs(), images, steps);
      this.stage.begin('training');
    }
    await this.dispatch('paused');
  }

  /** Takes steps without waiting for the device, then reads their losses. */
  private async burst(): Promise<{ readonly steps: number; readonly images: number }> {
    const startMs = this.nowMs();
    const { next } = this.burstPace;
    // A due probe is taken at the end of an epoch.
    const limit = this.probes.areDue ? Math.min(next, this.schedule.toEpochEnd(this.step)) : next;
    const most = Math.min(limit, this.schedule.toEvaluation(this.step));
    let steps = 0;
    let images = 0;
    while (steps < most && !this.work.halted) {
      images += this.run.step();
      this.step += 1;
      steps += 1;
      await yieldToMessages();
    }
    await this.collect();
    const elapsedMs = this.nowMs() - startMs;
    this.burstPace.add(steps, elapsedMs);
    // The first burst records its step.
    if (this.recorded) this.listener.onTimed?.({ kind: 'steps', images, elapsedMs });
    this.recorded = true;
    return { steps, images };
  }

  private async collect(): Promise<void> {
    const losses = await this.run.takeLosses();
    const { good, bad } = this.history.addLosses(losses, this.step, this.config.nonFiniteStep);
    if (good.length > 0) this.listener.emit('steps', good);
    if (bad) throw nonFiniteLoss(bad, this.evaluations.lastGoodStep);
  }

  private async finish(): Promise<void> {
    // Trainers that are behind come first, so all finish together.
    if (this.turn && !(await this.turn.take(this.work.signal))) return void this.dispatch('paused');
    await this.probes.take(this.step);
    const evaluated =
      this.history.evaluations.at(-1)?.step === this.step || (await this.evaluations.unlessHalted(this.step));
    await this.dispatch(evaluated ? 'finished' : 'paused');
  }

  private async fail(thrown: unknown): Promise<void> {
    const error = (await this.listener.causeOf?.(thrown)) ?? asResiduaError(thrown);
    // Comes first: the page may replace this worker at once, and must not take the run for failed.
    this.listener.emit('failure', error.toPlain());
    void this.dispatch(error.code === 'non-finite-loss' ? 'diverged' : 'failed');
  }
}
