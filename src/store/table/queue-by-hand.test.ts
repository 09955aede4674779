import { describe, expect, it } from 'vitest';
import { presets } from '#core/presets.ts';
import { fakeCategory, fakeEvaluation } from '../testing/fake-clients.ts';
import {
  epochs,
  finishAtOnce,
  pauseAtOnce,
  planned,
  running,
  scores,
  started,
  states,
} from '../testing/started-queue.ts';

describe('a pause', () => {
  const paused = async () => {
    const app = await started();
    pauseAtOnce(app);
    planned(app, ['pill']);
    const queue = app.table.start();
    await running(app, 'pill/l2/0');
    app.fake.nowMs += 500;
    await app.table.pause();
    await queue;
    return app;
  };

  it('lets the entry wait, and the same run go on', async () => {
    const app = await paused();
    expect(states(app)).toEqual(['pill/l2/0 waiting', 'pill/wfdl/0 waiting']);
    expect(app.store.getState().table.entries[0].spentMs).toBe(500);
    finishAtOnce(app);
    await app.table.start();
    expect(states(app)).toEqual(['pill/l2/0 done', 'pill/wfdl/0 done']);
    // One model per entry: the paused entry's model was not built again.
    expect(app.fake.requests.filter((name) => name === 'configure')).toHaveLength(2);
    expect(app.store.getState().table.entries[0].outcome).toMatchObject({ result: { elapsedMs: 1500 } });
    expect(app.store.getState().run.config.loss).toBe(presets.quickLook.loss);
  });

  it('by the run’s own button stops the queue as well', async () => {
    const app = await started();
    pauseAtOnce(app);
    planned(app, ['pill']);
    const queue = app.table.start();
    await running(app, 'pill/l2/0');
    await app.run.pause();
    await queue;
    expect(app.store.getState().table.phase).toBe('idle');
    expect(states(app)).toEqual(['pill/l2/0 waiting', 'pill/wfdl/0 waiting']);
  });

  it('while images are decoded stops the decoding', async () => {
    const app = await started();
    planned(app, ['pill']);
    let decoding = (): void => undefined;
    const decoded = new Promise<void>((resolve) => {
      decoding = resolve;
    });
    app.fake.decode = () => {
      decoding();
      return new Promise(() => undefined);
    };
    const queue = app.table.start();
    await decoded;
    await app.table.pause();
    await queue;
    expect(states(app)).toEqual(['pill/l2/0 waiting', 'pill/wfdl/0 waiting']);
  });

  it('allows other images; the entry then starts again', async () => {
    const app = await paused();
    app.fake.setScan({ categories: [fakeCategory('other')], skippedFiles: [] });
    await app.dataset.loadFiles([]);
    finishAtOnce(app);
    await app.table.start();
    expect(states(app)).toEqual(['pill/l2/0 done', 'pill/wfdl/0 done']);
    expect(app.fake.requests.filter((name) => name === 'configure')).toHaveLength(3);
  });
});

describe('what is done by hand', () => {
  const withRunning = async () => {
    const app = await started();
    planned(app, ['pill']);
    const queue = app.table.start();
    await running(app, 'pill/l2/0');
    return { app, queue };
  };

  it('is refused while the queue runs, with what to do', async () => {
    const { app } = await withRunning();
    await app.dataset.loadSample();
    expect(app.store.getState().dataset.error).toMatchObject({ code: 'queue-running' });
    await app.run.reset();
    expect(app.store.getState().run.error).toMatchObject({ code: 'queue-running' });
    expect(() => app.run.setConfig({ bandLow: 3 })).toThrow(/queue of Table II is running/);
    expect(app.store.getState().dataset.loaded?.category.name).toBe('pill');
    expect(app.store.getState().run.status.phase).toBe('running');
  });

  it('may stop a run early: that is no result', async () => {
    const { app, queue } = await withRunning();
    app.fake.answer('stop', () => {
      app.fake.emit('evaluation', fakeEvaluation(1, scores));
      app.fake.status({ phase: 'finished', step: 1, epoch: 1, epochs });
      return undefined;
    });
    finishAtOnce(app);
    await app.run.stop();
    await queue;
    expect(states(app)).toEqual(['pill/l2/0 skipped', 'pill/wfdl/0 done']);
    expect(app.store.getState().table.entries[0].outcome).toMatchObject({
      reason: 'Stopped by hand after epoch 1.',
    });
  });

  it('may skip the entry under way and one that waits, and try them again', async () => {
    const { app, queue } = await withRunning();
    pauseAtOnce(app);
    await app.table.skip('pill/wfdl/0');
    await app.table.skip('pill/l2/0');
    await queue;
    expect(states(app)).toEqual(['pill/l2/0 skipped', 'pill/wfdl/0 skipped']);
    app.table.retry('pill/wfdl/0');
    expect(states(app)).toEqual(['pill/l2/0 skipped', 'pill/wfdl/0 waiting']);
  });

  it('may remove entries, and clear the table while it runs', async () => {
    const { app, queue } = await withRunning();
    pauseAtOnce(app);
    app.table.remove('pill/wfdl/0');
    app.table.remove('pill/l2/0');
    expect(states(app)).toEqual(['pill/l2/0 running']);
    await app.table.clear();
    await queue;
    const { entries, base, available } = app.store.getState().table;
    expect([entries, base, available.length]).toEqual([[], undefined, 1]);
  });
});
