import { describe, expect, it, vi } from 'vitest';
import { config, FakeRun, Recorder } from './testing/fake-run.ts';
import { Trainer } from './trainer.ts';
import type { EvaluationResult } from './training-run.ts';

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
    expect(run.log).toEqual(['prepare', 'show 1', 'show 2']);
  });

  it('shows another image between steps, and with the next evaluation while training', async () => {
    const run = new FakeRun();
    const trainer = new Trainer(run, { ...config, epochs: 1000, evaluateEvery: 1000 }, new Recorder());
    await trainer.show();
    expect(run.log).toEqual([]);
    await trainer.stepOnce();
    await trainer.show();
    expect(run.log).toEqual(['prepare', 'show 1', 'show 1']);
    trainer.start();
    await trainer.show();
    await trainer.pause();
    expect(run.log).toEqual(['prepare', 'show 1', 'show 1']);
  });

  it('stops immediately, with an evaluation', async () => {
    const recorder = new Recorder();
    const trainer = new Trainer(new FakeRun(), config, recorder);
    await trainer.stepOnce();
    await trainer.stop();
    expect(recorder.evaluationSteps).toEqual([1]);
    expect(trainer.status).toMatchObject({ phase: 'finished', step: 1 });
    trainer.start();
    expect(trainer.status.phase).toBe('finished');
  });

  it('ends on a non-finite loss, names its step and returns to the last evaluation', async () => {
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

  it('skips non-finite steps if the settings say so, and records the others', async () => {
    const run = new FakeRun((step) => (step === 8 || step === 9 ? Number.NaN : 1));
    const recorder = new Recorder();
    const trainer = new Trainer(run, { ...config, nonFiniteStep: 'skip' }, recorder);
    trainer.start();
    await recorder.until('finished');
    expect(recorder.error).toBeUndefined();
    expect(recorder.records.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5, 6, 7, 10, 11, 12, 13, 14, 15]);
    expect(trainer.status.step).toBe(15);
  });

  it('ends on a gradient that is not finite, and names the step and its loss', async () => {
    const run = new FakeRun();
    run.refusedStep = 4;
    const recorder = new Recorder();
    const trainer = new Trainer(run, config, recorder);
    trainer.start();
    await recorder.until('failed');
    expect(recorder.error?.message).toMatch(
      /^A gradient became infinite.* with the loss 0\.2500, at step 4 \(epoch 2\)/,
    );
  });

  it('reports the progress of compiling, pauses immediately, and waits for the rest at the next start', async () => {
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

  it('adopts an imported past, finished, with a new last evaluation', async () => {
    const recorder = new Recorder();
    const source = new Trainer(new FakeRun(), config, recorder);
    source.start();
    await recorder.until('finished');
    const adopted = new Trainer(new FakeRun(), config, new Recorder());
    const reevaluated = { ...source.history.evaluations.at(-1)!, scores: Float64Array.of(7) };
    adopted.adopt(source.history, { step: 15, lastGoodStep: 15, evaluationOwed: false, finished: true });
    adopted.history.addEvaluation(reevaluated);
    expect(adopted.status).toMatchObject({ phase: 'finished', step: 15 });
    expect(adopted.history.evaluations.map(({ step }) => step)).toEqual([6, 12, 15]);
    expect(adopted.history.evaluations.at(-1)).toBe(reevaluated);
    expect(adopted.history.spectra).toEqual(source.history.spectra);
  });

  it('goes on from an adopted past, with an evaluation first if it is owed', async () => {
    const recorder = new Recorder();
    const source = new Trainer(new FakeRun(), config, new Recorder());
    for (let step = 0; step < 6; step++) await source.stepOnce();
    const adopted = new Trainer(new FakeRun(), config, recorder);
    adopted.adopt(source.history, { step: 6, lastGoodStep: 0, evaluationOwed: true, finished: false });
    expect(adopted.status).toMatchObject({ phase: 'paused', step: 6, epoch: 2 });
    adopted.start();
    await recorder.until('finished');
    expect(recorder.evaluationSteps).toEqual([6, 12, 15]);
    expect(adopted.history.steps.map(({ step }) => step)).toEqual(
      Array.from({ length: 15 }, (_, index) => index + 1),
    );
  });

  it('allows other work while it rests, and aborts it before training continues', async () => {
    const run = new FakeRun();
    const trainer = new Trainer(run, { ...config, epochs: 1000 }, new Recorder());
    await trainer.stepOnce();
    const answers: boolean[] = [];
    const work = trainer.exclusive(async (signal) => {
      answers.push(!signal.aborted);
      while (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, 1));
      answers.push(!signal.aborted);
      return run.log.length;
    });
    await Promise.resolve();
    const before = run.log.length;
    trainer.start();
    expect(await work).toBe(before);
    expect(answers).toEqual([true, false]);
    await trainer.pause();
    await expect(trainer.exclusive(() => Promise.reject(new Error('not mine')))).rejects.toThrow('not mine');
    expect(trainer.status.phase).toBe('paused');
  });

  it('reports an error in the run and stays failed', async () => {
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

describe('a change of settings', () => {
  it('holds from the next step on, and the history has its step', async () => {
    const run = new FakeRun();
    const trainer = new Trainer(run, config, new Recorder());
    await trainer.stepOnce();
    const changes = await trainer.change({ learningRate: 1e-4, evaluateEvery: 1 });
    expect(changes.map(({ step, setting }) => [step, setting])).toEqual([
      [1, 'learningRate'],
      [1, 'evaluateEvery'],
    ]);
    expect(run.log.at(-1)).toBe('change to 5 epochs at rate 0.0001');
    expect(trainer.presentConfig).toMatchObject({ learningRate: 1e-4, evaluateEvery: 1 });
    const recorder = new Recorder();
    const whole = new Trainer(new FakeRun(), config, recorder);
    whole.start();
    await whole.change({ evaluateEvery: 1 });
    whole.start();
    await recorder.until('finished');
    expect(recorder.evaluationSteps).toEqual([3, 6, 9, 12, 15]);
  });

  it('to fewer epochs than the run has reached is refused, and changes nothing', async () => {
    const run = new FakeRun();
    const trainer = new Trainer(run, config, new Recorder());
    for (let step = 0; step < 4; step++) await trainer.stepOnce();
    await expect(trainer.change({ epochs: 1 })).rejects.toThrow(/has reached epoch 2/);
    expect(trainer.presentConfig.epochs).toBe(5);
    expect(run.log.some((entry) => entry.startsWith('change'))).toBe(false);
  });

  it('to more epochs lets a finished run train on, and nothing else does', async () => {
    const recorder = new Recorder();
    const trainer = new Trainer(new FakeRun(), { ...config, epochs: 1 }, recorder);
    trainer.start();
    await recorder.until('finished');
    trainer.trainOn();
    expect(trainer.status.phase).toBe('finished');
    await trainer.change({ epochs: 3 });
    trainer.trainOn();
    expect(trainer.status.phase).toBe('running');
    await recorder.until('finished');
    expect(recorder.records.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(recorder.evaluationSteps).toEqual([3, 6, 9]);
    expect(trainer.history.changes).toEqual([{ step: 3, setting: 'epochs', before: 1, after: 3 }]);
  });
});
