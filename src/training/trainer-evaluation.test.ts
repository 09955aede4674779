import { describe, expect, it } from 'vitest';
import { cancelled } from '#core/errors.ts';
import type { EvaluationSettings } from '#core/evaluation-settings.ts';
import type { RunStatus } from '#core/training-events.ts';
import { config, FakeRun, Recorder, SlowEvaluation, settings } from './testing/fake-run.ts';
import { Trainer } from './trainer.ts';

describe('evaluations of the trainer', () => {
  it('reports the progress and time left of an evaluation, until it ends', async () => {
    const run = new SlowEvaluation();
    const told: RunStatus['progress'][] = [];
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

  it('stops an evaluation at a pause, and repeats it before the next step', async () => {
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

  it('evaluates again with other settings and continues training', async () => {
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

  it('scores the last evaluation again if its reconstructions suffice', async () => {
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
    // It belongs to the step of the scored reconstructions, not to the current one.
    expect(trainer.history.evaluations).toHaveLength(1);
    expect(trainer.history.evaluations[0]).toMatchObject({
      step: 1,
      score: 'mean',
      scores: Float64Array.of(7),
    });
    expect(trainer.status).toMatchObject({ phase: 'paused', step: 2 });
  });

  it('restores the previous evaluation and settings if evaluating again is canceled', async () => {
    const run = new SlowEvaluation();
    const asked: EvaluationSettings[] = [];
    const { evaluate } = run;
    run.evaluate = (by, options) => {
      asked.push(by);
      return evaluate.call(run, by, options);
    };
    const listener = new Recorder();
    const long = { ...config, epochs: 1000, evaluateEvery: 1000 };
    const trainer = new Trainer(run, long, listener, () => run.clockMs);
    await trainer.stepOnce();
    await trainer.reevaluate(settings);
    const [before] = trainer.history.evaluations;
    const other = { ...settings, batchNorm: 'running' } as const;
    /** Aborted when half of the evaluation is done. */
    const atHalf = (): AbortSignal => {
      const abort = new AbortController();
      listener.status = ({ progress }) => {
        if (progress?.share === 0.5) abort.abort(cancelled());
      };
      return abort.signal;
    };
    await expect(trainer.reevaluate(other, atHalf())).rejects.toMatchObject({ code: 'cancelled' });
    expect(asked.at(-1)).toBe(other);
    expect(trainer.status).toMatchObject({ phase: 'paused', activity: undefined, progress: undefined });
    expect(trainer.history.evaluations).toEqual([before]);
    expect(trainer.presentConfig.batchNorm).toBe(settings.batchNorm);

    trainer.start();
    await expect(trainer.reevaluate(other, atHalf())).rejects.toMatchObject({ code: 'cancelled' });
    expect(trainer.status.phase).toBe('running');
    await trainer.end();
    expect(trainer.status.phase).toBe('paused');
    expect(listener.error).toBeUndefined();
  });

  it('cancels evaluating again if the run ends', async () => {
    const run = new SlowEvaluation();
    const trainer = new Trainer(run, config, new Recorder(), () => run.clockMs);
    await trainer.stepOnce();
    const evaluated = trainer.reevaluate(settings);
    const told = expect(evaluated).rejects.toMatchObject({ code: 'cancelled' });
    await trainer.end();
    await told;
    expect(trainer.history.evaluations).toEqual([]);
  });
});
