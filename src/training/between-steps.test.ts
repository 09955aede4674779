import { describe, expect, it } from 'vitest';
import { config, FakeRun, Recorder } from './testing/fake-run.ts';
import { Trainer } from './trainer.ts';

describe('a task between two steps', () => {
  it('runs during training, which goes on', async () => {
    const run = new FakeRun();
    const recorder = new Recorder();
    const trainer = new Trainer(run, { ...config, epochs: 1000, evaluateEvery: 1000 }, recorder);
    trainer.start();
    const values = await trainer.betweenSteps(() => run.readState());
    expect(trainer.status.phase).toBe('running');
    expect(recorder.phases).toEqual(['running']);
    const later = await trainer.betweenSteps(() => run.readState());
    expect(later.step).toBeGreaterThan(values.step);
    await trainer.end();
  });

  it('sees all losses of its steps in the history', async () => {
    const run = new FakeRun();
    const trainer = new Trainer(run, { ...config, epochs: 1000 }, new Recorder());
    trainer.start();
    for (let i = 0; i < 5; i++) {
      const [step, last] = await trainer.betweenSteps(async () => [
        (await run.readState()).step,
        trainer.history.steps.at(-1)?.step ?? 0,
      ]);
      expect(last).toBe(step);
      expect(trainer.status.phase).toBe('running');
    }
    await trainer.end();
  });

  it('runs at rest, and once', async () => {
    const run = new FakeRun();
    const trainer = new Trainer(run, config, new Recorder());
    await trainer.stepOnce();
    await trainer.betweenSteps(() => run.readState());
    trainer.start();
    await trainer.betweenSteps(async () => undefined);
    await trainer.pause();
    expect(run.log.filter((entry) => entry.startsWith('read'))).toEqual(['read 1']);
  });

  it('has its own errors', async () => {
    const trainer = new Trainer(new FakeRun(), config, new Recorder());
    trainer.start();
    await expect(trainer.betweenSteps(() => Promise.reject(new Error('not mine')))).rejects.toThrow(
      'not mine',
    );
    await trainer.pause();
    expect(trainer.status.phase).not.toBe('failed');
  });

  it('is canceled if the run ends first', async () => {
    const run = new FakeRun();
    const trainer = new Trainer(run, config, new Recorder());
    await trainer.stepOnce();
    const ended = trainer.end();
    await expect(trainer.betweenSteps(() => run.readState())).rejects.toMatchObject({ code: 'cancelled' });
    await ended;
    expect(run.log).not.toContain('read 1');
  });
});
