/** Runs without tensors, to test the code that drives them. */
import type { RunValues } from '#core/checkpoint/run-values.ts';
import type { RunConfig } from '#core/config.ts';
import { type PlainError, ResiduaError } from '#core/errors.ts';
import { type EvaluationSettings, evaluationSettingsOf } from '#core/evaluation-settings.ts';
import type { Evaluation, SpectrumRecord, StepRecord } from '#core/history.ts';
import { presets } from '#core/presets.ts';
import type { Emit, RunEvents, RunStatus } from '#core/training-events.ts';
import type { StepReport } from '../loss-log.ts';
import type { EvaluationResult, SpectrumProbe, TrainerListener, TrainingRun } from '../training-run.ts';
import { type WorkOptions, yieldPoint } from '../yield-point.ts';

/** Five epochs, evaluated after the second, the fourth and the last. */
export const config: RunConfig = { ...presets.quickLook, epochs: 5, evaluateEvery: 2 };

/** Evaluation settings other than those of `config`. */
export const settings = evaluationSettingsOf(presets.recommended);

/** A run with loss 1/n at step n, or `lossAt`; it logs its calls. */
export class FakeRun implements TrainingRun {
  readonly deviceBytes = 0;
  readonly log: string[] = [];
  /** The result of scoring again; undefined if that needs new reconstructions. */
  rescored: EvaluationResult | undefined;
  /** A step with a gradient that is not finite. */
  refusedStep: number | undefined;
  private pending: number[] = [];
  private count = 0;

  constructor(
    private readonly lossAt: (step: number) => number = (step) => 1 / step,
    readonly stepsPerEpoch: number = 3,
  ) {}

  step(): number {
    this.count += 1;
    this.pending.push(this.lossAt(this.count));
    return 4;
  }

  async takeLosses(): Promise<readonly StepReport[]> {
    const first = this.count - this.pending.length + 1;
    const losses = this.pending.map((loss, index) => ({
      loss,
      refused: !Number.isFinite(loss) || first + index === this.refusedStep,
    }));
    this.pending = [];
    return losses;
  }

  async evaluate(_settings: EvaluationSettings, _options?: WorkOptions): Promise<EvaluationResult> {
    this.log.push(`evaluate ${this.count}`);
    return {
      scores: Float64Array.of(this.count),
      imageAuroc: { defined: true, value: 0.75 },
      residualScale: 1,
      residualDcShare: 0,
    };
  }

  async rescore(
    _settings: EvaluationSettings,
    _options?: WorkOptions,
  ): Promise<EvaluationResult | undefined> {
    this.log.push('rescore');
    return this.rescored;
  }

  async evaluateShown(): Promise<void> {
    this.log.push(`show ${this.count}`);
  }

  async probeSpectrum(): Promise<SpectrumProbe> {
    return { power: Float32Array.of(this.count), inputPower: Float32Array.of(1) };
  }

  async prepare(_onProgress: (share: number) => void): Promise<void> {
    this.log.push('prepare');
  }

  async readState(): Promise<RunValues> {
    this.log.push(`read ${this.count}`);
    const weights = Float32Array.of(this.count);
    return {
      step: this.count,
      weights,
      lastGood: { step: this.count, weights },
      optimizer: { steps: this.count, moments: new Float32Array(2) },
      order: { rng: [0, 0, 0, 1], permutation: [0], position: 1 },
    };
  }

  keepState(): void {
    this.log.push(`keep ${this.count}`);
  }

  restoreState(): void {
    this.log.push('restore');
  }

  change({ epochs, learningRate }: RunConfig): void {
    this.log.push(`change to ${epochs} epochs at rate ${learningRate}`);
  }

  dispose(): void {}
}

/** A run whose steps and probes take time on its own clock. */
export class TimedRun extends FakeRun {
  clockMs = 0;

  constructor(
    stepsPerEpoch: number,
    private readonly costs: { readonly stepMs: number; readonly probeMs: number },
  ) {
    super(undefined, stepsPerEpoch);
  }

  override step(): number {
    this.clockMs += this.costs.stepMs;
    return super.step();
  }

  override async probeSpectrum(): Promise<SpectrumProbe> {
    this.clockMs += this.costs.probeMs;
    return super.probeSpectrum();
  }
}

/** A run whose evaluation takes four batches of a second. */
export class SlowEvaluation extends FakeRun {
  clockMs = 0;

  override async evaluate(
    evaluationSettings: EvaluationSettings,
    options: WorkOptions = {},
  ): Promise<EvaluationResult> {
    for (const done of [1, 2, 3, 4]) {
      this.clockMs += 1000;
      await yieldPoint(done / 4, options);
    }
    return super.evaluate(evaluationSettings);
  }
}

/** Records the events of a trainer. */
export class Recorder implements TrainerListener {
  readonly phases: string[] = [];
  readonly records: StepRecord[] = [];
  readonly evaluationSteps: number[] = [];
  readonly spectra: SpectrumRecord[] = [];
  error: ResiduaError | undefined;
  private readonly waiting: { phase: string; resolve: () => void }[] = [];

  readonly emit: Emit = (name, payload) => {
    // Each payload goes to the method with its name; TypeScript cannot follow that through a union.
    const receivers: { readonly [E in keyof RunEvents]?: (payload: RunEvents[E]) => void } = this;
    receivers[name]?.call(this, payload);
  };

  status({ phase }: RunStatus): void {
    if (this.phases.at(-1) !== phase) this.phases.push(phase);
    for (const { resolve } of this.waiting.filter((entry) => entry.phase === phase)) resolve();
  }

  steps(records: readonly StepRecord[]): void {
    this.records.push(...records);
  }

  evaluation(evaluation: Evaluation): void {
    this.evaluationSteps.push(evaluation.step);
  }

  spectrum(record: SpectrumRecord): void {
    this.spectra.push(record);
  }

  failure(error: PlainError): void {
    this.error = ResiduaError.fromPlain(error);
  }

  until(phase: string): Promise<void> {
    return new Promise((resolve) => this.waiting.push({ phase, resolve }));
  }
}
