import { describe, expect, it, vi } from 'vitest';
import { presets, type RunConfig } from '#core/config.ts';
import type { ResiduaError } from '#core/errors.ts';
import { type EvaluationSettings, evaluationSettingsOf } from '#core/evaluation-settings.ts';
import type { Evaluation, SpectrumRecord, StepRecord } from '#core/history.ts';
import { type InTurns, takeTurn } from './in-turns.ts';
import { Trainer } from './trainer.ts';
import type { TrainerListener, TrainerStatus } from './trainer-status.ts';
import type { EvaluationResult, SpectrumProbe, TrainingRun } from './training-run.ts';

/** A run whose loss at step n is 1/n, or what `lossAt` says; it notes what it was asked. */
class FakeRun implements TrainingRun {
  readonly log: string[] = [];
  /** What scoring anew gives; undefined where it takes new reconstructions. */
  rescored: EvaluationResult | undefined;
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

  async takeLosses(): Promise<readonly number[]> {
    const losses = this.pending;
    this.pending = [];
    return losses;
  }

  async evaluate(_settings: EvaluationSettings, _turns?: InTurns): Promise<EvaluationResult> {
    this.log.push(`evaluate ${this.count}`);
    return {
      scores: Float64Array.of(this.count),
      imageAuroc: { defined: true, value: 0.75 },
      residualScale: 1,
      residualDcShare: 0,
    };
  }

  async rescore(_settings: EvaluationSettings, _turns: InTurns): Promise<EvaluationResult | undefined> {
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

  keepState(): void {
    this.log.push(`keep ${this.count}`);
  }

  restoreState(): void {
    this.log.push('restore');
  }

  dispose(): void {}
}

/** A run whose steps and probes take time by its own clock. */
class TimedRun extends FakeRun {
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
class SlowEvaluation extends FakeRun {
  clockMs = 0;

  override async evaluate(
    evaluationSettings: EvaluationSettings,
    turns?: InTurns,
  ): Promise<EvaluationResult> {
    for (const done of [1, 2, 3, 4]) {
      this.clockMs += 1000;
      if (turns) await takeTurn(turns, done / 4);
    }
    return super.evaluate(evaluationSettings);
  }
}

class Recorder implements TrainerListener {
  readonly phases: string[] = [];
  readonly records: StepRecord[] = [];
  readonly evaluationSteps: number[] = [];
  readonly spectra: SpectrumRecord[] = [];
  error: ResiduaError | undefined;
  private readonly waiting: { phase: string; resolve: () => void }[] = [];

  status({ phase }: TrainerStatus): void {
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

  failure(error: ResiduaError): void {
    this.error = error;
  }

  until(phase: string): Promise<void> {
    return new Promise((resolve) => this.waiting.push({ phase, resolve }));
  }
}

const config: RunConfig = { ...presets.quickLook, epochs: 5, evaluateEvery: 2 };

const settings = evaluationSettingsOf(presets.recommended);

describe('the trainer', () => {
  it('trains all epochs, evaluates every k and at the end, and finishes', async () => {
    const recorder = new Recorder();
    const trainer = new Trainer(new FakeRun(), config, recorder);
    trainer.start();
    await recorder.until('finished');
    expect(recorder.records.map(({ step }) => step)).toEqual(Array.from({ length: 15 }, (_, i) => i + 1));
    expect(recorder.records.map(({ epoch }) => epoch)).toEqual([1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4, 5, 5, 5]);
    expect(recorder.evaluationSteps).toEqual([6, 12, 15]);
    expect(trainer.status).toMatchObject({ phase: 'finished', step: 15, epoch: 5, activity: undefined });
  });

  it('pauses after the step in flight and resumes where it was', async () => {
    const recorder = new Recorder();
    const trainer = new Trainer(new FakeRun(), { ...config, epochs: 1000 }, recorder);
    trainer.start();
    await new Promise((resolve) => setTimeout(resolve, 5));
    await trainer.pause();
    const { step } = trainer.status;
    expect(trainer.status.phase).toBe('paused');
    expect(recorder.records).toHaveLength(step);
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(trainer.status.step).toBe(step);
    trainer.start();
    await new Promise((resolve) => setTimeout(resolve, 5));
    await trainer.pause();
    expect(recorder.records.map((record) => record.step)).toEqual(
      Array.from({ length: trainer.status.step }, (_, i) => i + 1),
    );
  });

  it('takes a single step and shows the chosen image', async () => {
    const run = new FakeRun();
    const recorder = new Recorder();
    const trainer = new Trainer(run, config, recorder);
    await trainer.stepOnce();
    await trainer.stepOnce();
    expect(trainer.status).toMatchObject({ phase: 'paused', step: 2, epoch: 0 });
    expect(run.log).toEqual(['keep 0', 'prepare', 'show 1', 'show 2']);
  });

  it('shows another image between steps, and leaves it to the evaluations while training', async () => {
    const run = new FakeRun();
    const trainer = new Trainer(run, { ...config, epochs: 1000, evaluateEvery: 1000 }, new Recorder());
    await trainer.show();
    expect(run.log).toEqual(['keep 0']);
    await trainer.stepOnce();
    await trainer.show();
    expect(run.log).toEqual(['keep 0', 'prepare', 'show 1', 'show 1']);
    trainer.start();
    await trainer.show();
    await trainer.pause();
    expect(run.log).toEqual(['keep 0', 'prepare', 'show 1', 'show 1']);
  });

  it('stops where it is, with an evaluation', async () => {
    const recorder = new Recorder();
    const trainer = new Trainer(new FakeRun(), config, recorder);
    await trainer.stepOnce();
    await trainer.stop();
    expect(recorder.evaluationSteps).toEqual([1]);
    expect(trainer.status).toMatchObject({ phase: 'finished', step: 1 });
    trainer.start();
    expect(trainer.status.phase).toBe('finished');
  });

  it('ends on a non-finite loss, names its step and goes back to the last evaluation', async () => {
    const run = new FakeRun((step) => (step === 8 ? Number.NaN : 1));
    const recorder = new Recorder();
    const trainer = new Trainer(run, config, recorder);
    trainer.start();
    await recorder.until('failed');
    expect(recorder.error?.code).toBe('non-finite-loss');
    expect(recorder.error?.message).toContain('NaN at step 8 (epoch 3)');
    expect(recorder.error?.message).toContain('back at step 6');
    expect(run.log.at(-1)).toBe('restore');
    expect(recorder.records.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(trainer.status).toMatchObject({ phase: 'failed', step: 6, epoch: 2 });
  });

  it('tells how far an evaluation is and how long it takes, and then no more', async () => {
    const run = new SlowEvaluation();
    const told: TrainerStatus['progress'][] = [];
    const listener = new Recorder();
    listener.status = ({ progress }) => told.push(progress);
    const trainer = new Trainer(run, { ...config, epochs: 1, evaluateEvery: 1 }, listener, () => run.clockMs);
    await trainer.stepOnce();
    await trainer.reevaluate(settings);
    expect(told.filter((entry) => entry !== undefined)).toEqual([
      { share: 0.25, remainingMs: 3000 },
      { share: 0.5, remainingMs: 2000 },
      { share: 0.75, remainingMs: 1000 },
      { share: 1, remainingMs: 0 },
    ]);
    expect(trainer.status.progress).toBeUndefined();
  });

  it('stops an evaluation at a pause, and makes up for it before the next step', async () => {
    const run = new SlowEvaluation(undefined, 3);
    const listener = new Recorder();
    const trainer = new Trainer(run, { ...config, epochs: 2, evaluateEvery: 1 }, listener, () => run.clockMs);
    let pausing: Promise<void> | undefined;
    const { status } = listener;
    listener.status = (told) => {
      status.call(listener, told);
      if (told.progress && !pausing) pausing = trainer.pause();
    };
    trainer.start();
    await listener.until('paused');
    await pausing;
    expect(trainer.status).toMatchObject({ phase: 'paused', step: 3, progress: undefined });
    expect(trainer.history.evaluations).toEqual([]);
    trainer.start();
    await listener.until('finished');
    expect(listener.evaluationSteps).toEqual([3, 6]);
    expect(run.log.filter((entry) => entry.startsWith('evaluate'))).toEqual(['evaluate 3', 'evaluate 6']);
  });

  it('evaluates again with other settings and goes on training', async () => {
    const recorder = new Recorder();
    const trainer = new Trainer(new FakeRun(), { ...config, epochs: 1000, evaluateEvery: 1000 }, recorder);
    await trainer.stepOnce();
    await trainer.reevaluate({ ...settings, batchNorm: 'running', bandLow: 0 });
    expect(trainer.history.evaluations.at(-1)).toMatchObject({
      step: 1,
      batchNorm: 'running',
      bandLow: 0,
    });
    await trainer.reevaluate({ ...settings, batchNorm: 'running', bandLow: 0.5 });
    expect(trainer.history.evaluations).toHaveLength(1);
    expect(trainer.history.evaluations[0]).toMatchObject({ step: 1, bandLow: 0.5 });
    expect(trainer.status.phase).toBe('paused');
    trainer.start();
    await trainer.reevaluate(settings);
    expect(trainer.status.phase).toBe('running');
    await trainer.pause();
  });

  it('scores the last evaluation anew where its reconstructions will do', async () => {
    const run = new FakeRun();
    const trainer = new Trainer(run, { ...config, epochs: 2, evaluateEvery: 1 }, new Recorder());
    await trainer.stepOnce();
    await trainer.reevaluate(settings);
    await trainer.stepOnce();
    const evaluated = run.log.filter((entry) => entry.startsWith('evaluate')).length;
    run.rescored = {
      scores: Float64Array.of(7),
      imageAuroc: { defined: true, value: 0.5 },
      residualScale: 2,
      residualDcShare: 0,
    };
    await trainer.reevaluate({ ...settings, score: 'mean' });
    expect(run.log.filter((entry) => entry.startsWith('evaluate'))).toHaveLength(evaluated);
    // It belongs to the step whose reconstructions were scored, not to the present one.
    expect(trainer.history.evaluations).toHaveLength(1);
    expect(trainer.history.evaluations[0]).toMatchObject({
      step: 1,
      score: 'mean',
      scores: Float64Array.of(7),
    });
    expect(trainer.status).toMatchObject({ phase: 'paused', step: 2 });
  });

  it('goes back to the evaluation and the settings before where evaluating again is called off', async () => {
    const run = new SlowEvaluation();
    const asked: EvaluationSettings[] = [];
    const { evaluate } = run;
    run.evaluate = (by, turns) => {
      asked.push(by);
      return evaluate.call(run, by, turns);
    };
    const listener = new Recorder();
    const long = { ...config, epochs: 1000, evaluateEvery: 1000 };
    const trainer = new Trainer(run, long, listener, () => run.clockMs);
    await trainer.stepOnce();
    await trainer.reevaluate(settings);
    const [before] = trainer.history.evaluations;
    const other = { ...settings, batchNorm: 'running' } as const;
    const calledOff = (): boolean => trainer.status.progress?.share !== 0.5;
    await expect(trainer.reevaluate(other, calledOff)).rejects.toMatchObject({ code: 'cancelled' });
    expect(asked.at(-1)).toBe(other);
    expect(trainer.status).toMatchObject({ phase: 'paused', activity: undefined, progress: undefined });
    expect(trainer.history.evaluations).toEqual([before]);
    expect(trainer.presentConfig.batchNorm).toBe(settings.batchNorm);

    trainer.start();
    await expect(trainer.reevaluate(other, calledOff)).rejects.toMatchObject({ code: 'cancelled' });
    expect(trainer.status.phase).toBe('running');
    await trainer.end();
    expect(trainer.status.phase).toBe('paused');
    expect(listener.error).toBeUndefined();
  });

  it('calls evaluating again off where the run ends', async () => {
    const run = new SlowEvaluation();
    const trainer = new Trainer(run, config, new Recorder(), () => run.clockMs);
    await trainer.stepOnce();
    const evaluated = trainer.reevaluate(settings);
    const told = expect(evaluated).rejects.toMatchObject({ code: 'cancelled' });
    await trainer.end();
    await told;
    expect(trainer.history.evaluations).toEqual([]);
  });

  it('tells how far compiling is, pauses during it at once, and waits for the rest at the next start', async () => {
    const run = new FakeRun();
    let clockMs = 0;
    let compiled = (): void => undefined;
    let tell: (share: number) => void = () => undefined;
    run.prepare = (onProgress) => {
      run.log.push('prepare');
      tell = onProgress;
      return new Promise((resolve) => {
        compiled = resolve;
      });
    };
    const listener = new Recorder();
    const trainer = new Trainer(run, { ...config, epochs: 1 }, listener, () => clockMs);
    trainer.start();
    await vi.waitFor(() => expect(trainer.status.activity).toBe('compiling'));
    clockMs = 1000;
    tell(0.25);
    expect(trainer.status).toMatchObject({ progress: { share: 0.25, remainingMs: 3000 } });
    await trainer.stop();
    expect(trainer.status).toMatchObject({ phase: 'paused', step: 0, progress: undefined });
    clockMs = 2000;
    tell(0.5);
    expect(trainer.status.activity).toBeUndefined();

    trainer.start();
    await vi.waitFor(() => expect(trainer.status.activity).toBe('compiling'));
    clockMs = 3000;
    tell(0.75);
    expect(trainer.status).toMatchObject({ progress: { share: 0.75, remainingMs: 1000 } });
    compiled();
    await listener.until('finished');
    expect(run.log.filter((entry) => entry === 'prepare')).toHaveLength(1);
    expect(listener.records).toHaveLength(3);
  });

  it('adopts an imported past, finished, with its last evaluation made anew', async () => {
    const recorder = new Recorder();
    const source = new Trainer(new FakeRun(), config, recorder);
    source.start();
    await recorder.until('finished');
    const adopted = new Trainer(new FakeRun(), config, new Recorder());
    const anew = { ...source.history.evaluations.at(-1)!, scores: Float64Array.of(7) };
    adopted.adopt(source.history, anew);
    expect(adopted.status).toMatchObject({ phase: 'finished', step: 15 });
    expect(adopted.history.evaluations.map(({ step }) => step)).toEqual([6, 12, 15]);
    expect(adopted.history.evaluations.at(-1)).toBe(anew);
    expect(adopted.history.spectra).toEqual(source.history.spectra);
  });

  it('probes the spectrum with each evaluation, and else so seldom that it takes a twentieth of the time', async () => {
    const recorder = new Recorder();
    const run = new TimedRun(3, { stepMs: 10, probeMs: 100 });
    const clock = () => run.clockMs;
    const trainer = new Trainer(run, { ...config, epochs: 400, evaluateEvery: 150 }, recorder, clock);
    trainer.start();
    await recorder.until('finished');
    const epochs = recorder.spectra.map(({ epoch }) => epoch);
    expect(epochs[0]).toBe(1);
    expect(epochs).toEqual(expect.arrayContaining([150, 300, 400]));
    // 1200 steps take 12 s: a probe of 100 ms every 2 s, the first for nothing, and three with evaluations.
    expect(epochs.length).toBeGreaterThanOrEqual(6);
    expect(epochs.length).toBeLessThanOrEqual(10);
    for (const { epoch, step, power } of recorder.spectra) {
      expect(step).toBe(3 * epoch);
      expect(power[0]).toBe(step);
    }
    await trainer.reevaluate({ ...settings, batchNorm: 'running' });
    expect(trainer.history.spectra).toEqual(recorder.spectra);
  });

  it('ends a burst with an epoch where a probe is due, however short epochs are', async () => {
    const recorder = new Recorder();
    const run = new TimedRun(7, { stepMs: 10, probeMs: 1 });
    const clock = () => run.clockMs;
    const trainer = new Trainer(run, { ...config, epochs: 200, evaluateEvery: 200 }, recorder, clock);
    trainer.start();
    await recorder.until('finished');
    // 14 s in bursts of some 100 ms, which is an epoch and three steps: without the rule one in seven would fit.
    expect(recorder.spectra[0]?.epoch).toBe(1);
    expect(recorder.spectra.length).toBeGreaterThan(30);
  });

  it('notes no spectrum that is not finite', async () => {
    class DivergedRun extends FakeRun {
      override async probeSpectrum(): Promise<SpectrumProbe> {
        return { power: Float32Array.of(Number.NaN), inputPower: Float32Array.of(1) };
      }
    }
    const recorder = new Recorder();
    const trainer = new Trainer(new DivergedRun(), config, recorder);
    trainer.start();
    await recorder.until('finished');
    expect(recorder.spectra).toEqual([]);
  });

  it('lets other work have its turn while it rests, and tells it to end before training goes on', async () => {
    const run = new FakeRun();
    const trainer = new Trainer(run, { ...config, epochs: 1000 }, new Recorder());
    await trainer.stepOnce();
    const answers: boolean[] = [];
    const work = trainer.inTurn(async (mayGoOn) => {
      answers.push(mayGoOn());
      while (mayGoOn()) await new Promise((resolve) => setTimeout(resolve, 1));
      answers.push(mayGoOn());
      return run.log.length;
    });
    await Promise.resolve();
    const before = run.log.length;
    trainer.start();
    expect(await work).toBe(before);
    expect(answers).toEqual([true, false]);
    await trainer.pause();
    await expect(trainer.inTurn(() => Promise.reject(new Error('not mine')))).rejects.toThrow('not mine');
    expect(trainer.status.phase).toBe('paused');
  });

  it('tells of an error in the run and stays failed', async () => {
    class BrokenRun extends FakeRun {
      override async evaluate(): Promise<EvaluationResult> {
        throw new Error('shader');
      }
    }
    const recorder = new Recorder();
    const trainer = new Trainer(new BrokenRun(), config, recorder);
    trainer.start();
    await recorder.until('failed');
    await trainer.pause();
    expect(recorder.error?.message).toContain('shader');
  });
});
