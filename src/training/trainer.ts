/** Drives a run: bursts of steps between readbacks, evaluations every k epochs, pause, step, stop, failure. */
import type { RunConfig } from '#core/config.ts';
import { asResiduaError, ResiduaError } from '#core/errors.ts';
import { type EvaluationSettings, evaluationSettingsOf } from '#core/evaluation-settings.ts';
import type { Evaluation, History, SpectrumRecord, StepRecord } from '#core/history.ts';
import { EvaluationStopped } from './evaluation-stopped.ts';
import { ProbePace } from './probe-pace.ts';
import { ShareClock, type ShareDone } from './share-clock.ts';
import { Throughput } from './throughput.ts';
import type { TrainerActivity, TrainerListener, TrainerPhase, TrainerStatus } from './trainer-status.ts';
import type { TrainingRun } from './training-run.ts';
import { yieldToMessages } from './yield-to-messages.ts';

/** Readbacks are this far apart: often enough for a live chart, seldom enough to keep a device busy. */
const readbackEveryMs = 300;
const longestBurst = 64;

/** One run under control. All methods may be called at any time; what makes no sense in a phase does nothing. */
export class Trainer {
  readonly steps: StepRecord[] = [];
  readonly evaluations: Evaluation[] = [];
  readonly spectra: SpectrumRecord[] = [];
  private phase: TrainerPhase = 'idle';
  private activity: TrainerActivity;
  private step = 0;
  private keptStep = 0;
  private burst = 1;
  private evaluating: ShareDone | undefined;
  /** An evaluation was stopped by a pause: it comes before the next step. */
  private evaluationOwed = false;
  private firstReadback = true;
  private prepared = false;
  private halt = false;
  private work: Promise<void> = Promise.resolve();
  private settings: EvaluationSettings;
  private readonly throughput = new Throughput();
  private readonly probePace = new ProbePace();

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
    this.settings = evaluationSettingsOf(config);
    run.keepState();
  }

  get status(): TrainerStatus {
    const running = this.phase === 'running';
    return {
      phase: this.phase,
      activity: this.activity,
      step: this.step,
      stepsPerEpoch: this.run.stepsPerEpoch,
      epoch: Math.floor(this.step / this.run.stepsPerEpoch),
      epochs: this.config.epochs,
      imagesPerSecond: running ? this.throughput.imagesPerSecond() : undefined,
      remainingMs: running ? this.throughput.remainingMs(this.totalSteps - this.step) : undefined,
      evaluating: this.evaluating,
    };
  }

  /** All that the run has shown so far; later steps are added to it. */
  get history(): History {
    const { steps, evaluations, spectra } = this;
    return { steps, evaluations, spectra };
  }

  /** Trains until paused, stopped, finished or failed; returns at once. */
  start(): void {
    if (this.phase !== 'idle' && this.phase !== 'paused') return;
    this.enter('running', this.firstReadback ? 'compiling' : 'training');
    this.schedule(() => this.loop());
  }

  /** Resolves when the step in flight is done and nothing runs any more. */
  async pause(): Promise<void> {
    this.halt = true;
    await this.work;
    this.halt = false;
  }

  /** One optimiser step, then the image that is shown. Pauses first. */
  async stepOnce(): Promise<void> {
    await this.pause();
    if (this.phase !== 'idle' && this.phase !== 'paused') return;
    this.enter('running', this.firstReadback ? 'compiling' : 'training');
    this.schedule(async () => {
      await this.prepare();
      this.step += 1;
      this.run.step();
      await this.collect();
      if (this.step >= this.totalSteps) return this.finish();
      if (this.epochEnded) await this.probe();
      this.enter('running', 'evaluating');
      await this.run.evaluateShown(this.settings);
      this.enter('paused', undefined);
    });
    await this.work;
  }

  /** Ends the run where it is, with an evaluation. */
  async stop(): Promise<void> {
    await this.pause();
    if (this.phase !== 'paused') return;
    this.schedule(() => this.finish());
    await this.work;
  }

  /** Reconstructs the image that is shown, between steps; does nothing while training, which does so by itself. */
  async show(): Promise<void> {
    if (this.phase === 'running' || this.step === 0) return;
    this.schedule(() => this.run.evaluateShown(this.settings));
    await this.work;
  }

  /** Evaluates the test split again, with other settings. Keeps running if it ran. */
  async reevaluate(settings: EvaluationSettings): Promise<void> {
    this.settings = settings;
    if (this.step === 0) return;
    const { phase } = this;
    await this.pause();
    this.schedule(async () => {
      if (!this.rescore()) await this.evaluate();
      this.enter(phase === 'running' ? 'paused' : phase, undefined);
    });
    await this.work;
    if (phase === 'running') this.start();
  }

  /**
   * Does something with the run that changes nothing of it, between what the trainer does itself; what it throws is the
   * caller's.
   * @param task asks `mayGoOn` from time to time and ends soon where that says no: training, or its end, waits for it
   */
  inTurn<T>(task: (mayGoOn: () => boolean) => Promise<T>): Promise<T> {
    const result = this.work.then(() => task(() => !this.halt && this.phase !== 'running'));
    this.work = result.then(
      () => undefined,
      () => undefined,
    );
    return result;
  }

  /** Takes over the past of an imported run, finished, and evaluates it on the images at hand. */
  async adopt(history: History): Promise<void> {
    this.step = history.steps.at(-1)?.step ?? 0;
    this.keptStep = this.step;
    this.steps.push(...history.steps);
    this.evaluations.push(...history.evaluations);
    this.spectra.push(...history.spectra);
    this.schedule(async () => {
      await this.evaluate();
      this.enter('finished', undefined);
    });
    await this.work;
  }

  private get totalSteps(): number {
    return this.config.epochs * this.run.stepsPerEpoch;
  }

  private get stepsToEvaluation(): number {
    const every = this.config.evaluateEvery * this.run.stepsPerEpoch;
    return Math.min(every - (this.step % every), this.totalSteps - this.step);
  }

  /** Steps until the next readback: to the end of the epoch at most where a probe is due. */
  private nextBurst(nowMs: number): number {
    const { stepsPerEpoch } = this.run;
    const toEpochEnd = stepsPerEpoch - (this.step % stepsPerEpoch);
    return this.probePace.isDue(nowMs) ? Math.min(this.burst, toEpochEnd) : this.burst;
  }

  private enter(phase: TrainerPhase, activity: TrainerActivity): void {
    this.phase = phase;
    this.activity = activity;
    this.listener.status(this.status);
  }

  private schedule(task: () => Promise<void>): void {
    this.work = this.work.then(task).catch((thrown: unknown) => this.fail(asResiduaError(thrown)));
  }

  /** Once, before the first step; what is not there yet by then is built at its first use. */
  private async prepare(): Promise<void> {
    if (this.prepared) return;
    this.prepared = true;
    await this.run.prepare();
  }

  private async loop(): Promise<void> {
    await this.prepare();
    this.throughput.restart(this.nowMs());
    while (!this.halt) {
      if (this.evaluationOwed && !(await this.evaluateUnlessPaused())) break;
      let images = 0;
      let done = 0;
      const startMs = this.nowMs();
      const most = Math.min(this.nextBurst(startMs), this.stepsToEvaluation);
      while (done < most && !this.halt) {
        images += this.run.step();
        this.step += 1;
        done += 1;
        await yieldToMessages();
      }
      await this.collect();
      const elapsedMs = this.nowMs() - startMs;
      if (done > 0)
        this.burst = Math.max(1, Math.min(longestBurst, Math.round((readbackEveryMs * done) / elapsedMs)));
      if (this.step >= this.totalSteps) return this.finish();
      if (this.evaluationDue || (this.epochEnded && this.probePace.isDue(this.nowMs()))) await this.probe();
      if (this.evaluationDue && !(await this.evaluateUnlessPaused())) break;
      this.throughput.add(this.nowMs(), images, done);
      this.enter('running', 'training');
    }
    this.enter('paused', undefined);
  }

  private get evaluationDue(): boolean {
    return this.step % (this.config.evaluateEvery * this.run.stepsPerEpoch) === 0;
  }

  private get epochEnded(): boolean {
    return this.step % this.run.stepsPerEpoch === 0;
  }

  private async collect(): Promise<void> {
    const losses = await this.run.takeLosses();
    const first = this.step - losses.length + 1;
    this.firstReadback = false;
    const records = losses.map((loss, i) => ({
      step: first + i,
      epoch: Math.ceil((first + i) / this.run.stepsPerEpoch),
      loss,
    }));
    const bad = records.findIndex(({ loss }) => !Number.isFinite(loss));
    const good = bad < 0 ? records : records.slice(0, bad);
    this.steps.push(...good);
    if (good.length > 0) this.listener.steps(good);
    if (bad >= 0) throw this.nonFinite(records[bad]);
  }

  private nonFinite({ step, epoch, loss }: StepRecord): ResiduaError {
    return new ResiduaError(
      'non-finite-loss',
      `The loss became ${loss} at step ${step} (epoch ${epoch}).`,
      `The weights are back at step ${this.keptStep}, the last evaluation. Lower the learning rate and train again.`,
    );
  }

  /** What is not finite is not noted: the loss of the next step ends such a run. */
  private async probe(): Promise<void> {
    if (this.spectra.at(-1)?.step === this.step) return;
    const startMs = this.nowMs();
    const probe = await this.run.probeSpectrum();
    this.probePace.add(startMs, this.nowMs());
    if (!probe.power.every(Number.isFinite)) return;
    const record = { epoch: Math.floor(this.step / this.run.stepsPerEpoch), step: this.step, ...probe };
    this.spectra.push(record);
    this.listener.spectrum(record);
  }

  /** @returns false where a pause came first */
  private async evaluateUnlessPaused(): Promise<boolean> {
    try {
      await this.evaluate(() => !this.halt);
      this.evaluationOwed = false;
    } catch (thrown) {
      if (!(thrown instanceof EvaluationStopped)) throw thrown;
      this.evaluationOwed = true;
    }
    return !this.evaluationOwed;
  }

  /** @throws EvaluationStopped where `mayGoOn` said no */
  private async evaluate(mayGoOn: () => boolean = () => true): Promise<void> {
    this.enter(this.phase, 'evaluating');
    const startMs = this.nowMs();
    const { settings } = this;
    const clock = new ShareClock(startMs);
    const onProgress = (share: number): void => {
      const done = clock.at(share, this.nowMs());
      if (!done) return;
      this.evaluating = done;
      this.enter(this.phase, 'evaluating');
    };
    const result = await this.run.evaluate(settings, { mayGoOn, onProgress }).finally(() => {
      this.evaluating = undefined;
    });
    const evaluation: Evaluation = {
      ...result,
      ...settings,
      epoch: Math.floor(this.step / this.run.stepsPerEpoch),
      step: this.step,
      elapsedMs: this.nowMs() - startMs,
    };
    this.run.keepState();
    this.keptStep = this.step;
    this.append(evaluation);
  }

  /** Takes the place of an evaluation of the same step. */
  private append(evaluation: Evaluation): void {
    if (this.evaluations.at(-1)?.step === evaluation.step) this.evaluations.pop();
    this.evaluations.push(evaluation);
    this.listener.evaluation(evaluation);
  }

  /** Scores the last evaluation anew, where its reconstructions are those that the settings ask for. */
  private rescore(): boolean {
    const last = this.evaluations.at(-1);
    if (!last) return false;
    const startMs = this.nowMs();
    const { settings } = this;
    const result = this.run.rescore(settings);
    if (!result) return false;
    const { epoch, step } = last;
    this.append({ ...result, ...settings, epoch, step, elapsedMs: this.nowMs() - startMs });
    return true;
  }

  private async finish(): Promise<void> {
    await this.probe();
    const evaluated = this.evaluations.at(-1)?.step === this.step || (await this.evaluateUnlessPaused());
    this.enter(evaluated ? 'finished' : 'paused', undefined);
  }

  private fail(error: ResiduaError): void {
    if (error.code === 'non-finite-loss') {
      this.run.restoreState();
      this.step = this.keptStep;
    }
    this.enter('failed', undefined);
    this.listener.failure(error);
  }
}
