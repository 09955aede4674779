import { describe, expect, it, vi } from 'vitest';
import { presets } from '#core/config.ts';
import type { Category } from '#core/dataset.ts';
import { ResiduaError } from '#core/errors.ts';
import { aggregateTable } from '#core/table/aggregate.ts';
import { createAppStore } from '../app-store.ts';
import { createFakeClients, fakeCategory, fakeDecoded, fakeEvaluation } from '../testing/fake-clients.ts';
import { until } from './until.ts';

/** Scores of the fake category's test images: 2 good ones, 3 anomalous ones. */
const scores = [1, 3, 2, 4, 5];
const epochs = 2;

const started = async (fake = createFakeClients()) => {
  const store = createAppStore(fake.clients);
  await store.actions.startUp();
  store.actions.run.setConfig({ side: 32, epochs });
  await store.actions.dataset.matchSide();
  fake.decodes.length = 0;
  fake.requests.length = 0;
  return { fake, store, ...store.actions };
};
type Started = Awaited<ReturnType<typeof started>>;

/** Every run is over as soon as it has started, with this AUROC. */
const finishAtOnce = ({ fake }: Pick<Started, 'fake'>, value = 0.9): void => {
  fake.answer('start', () => {
    fake.status({ phase: 'running', epochs });
    fake.nowMs += 1000;
    fake.emit('evaluation', { ...fakeEvaluation(epochs, scores), imageAuroc: { defined: true, value } });
    fake.status({ phase: 'finished', step: epochs, epoch: epochs, epochs });
    return undefined;
  });
};

const states = ({ store }: Pick<Started, 'store'>): string[] =>
  store.getState().table.entries.map(({ id, outcome }) => `${id} ${outcome.state}`);

const waitFor = (app: Started, id: string, state: string): Promise<true> =>
  until(app.store, ({ table }) =>
    table.entries.some((entry) => entry.id === id && entry.outcome.state === state) ? true : undefined,
  );

/** Waits until the run of an entry is under way. */
const running = async (app: Started, id: string): Promise<void> => {
  await waitFor(app, id, 'running');
  await until(app.store, ({ run }) =>
    run.status.phase === 'running' && run.task === undefined ? true : undefined,
  );
};

const planned = (app: Started, names = ['bottle', 'pill'], seeds: readonly number[] = [0]): void => {
  app.table.offer(
    names.map((name) => fakeCategory(name)),
    [],
  );
  app.table.plan({ categories: names, losses: ['l2', 'wfdl'], seeds });
};

describe('a queue', () => {
  it('runs to its end, decoding each category once, and gives the page its settings back', async () => {
    const app = await started();
    const before = app.store.getState().run.config;
    finishAtOnce(app);
    planned(app);
    await app.table.start();
    expect(states(app)).toEqual([
      'bottle/l2/0 done',
      'bottle/wfdl/0 done',
      'pill/l2/0 done',
      'pill/wfdl/0 done',
    ]);
    expect(app.fake.decodes).toEqual([32, 32]);
    expect(app.store.getState().table.phase).toBe('idle');
    expect(app.store.getState().run.config).toEqual(before);
    const [first] = app.store.getState().table.entries;
    expect(first.outcome).toMatchObject({
      state: 'done',
      result: {
        imageAuroc: { defined: true, value: 0.9 },
        trainImages: 4,
        testImages: 5,
        unreadable: 0,
        epochs,
        elapsedMs: 1000,
        device: 'WebGPU, a device',
      },
    });
  });

  it('trains each entry with its own loss and seed and the settings of the planning', async () => {
    const app = await started();
    const configs: unknown[] = [];
    app.fake.answer('configure', (config) => {
      configs.push(config);
      app.fake.status({});
      return { parameterCount: 1, stepsPerEpoch: 1, microBatch: 1 };
    });
    finishAtOnce(app);
    planned(app, ['pill'], [0, 7]);
    app.run.setConfig({ epochs: 99, batch: 3 });
    await app.table.start();
    const base = { ...presets.quickLook, side: 32, epochs };
    expect(configs).toEqual([
      { ...base, loss: 'l2', seed: 0 },
      { ...base, loss: 'wfdl', seed: 0 },
      { ...base, loss: 'l2', seed: 7 },
      { ...base, loss: 'wfdl', seed: 7 },
    ]);
    expect(app.store.getState().run.config).toMatchObject({ epochs: 99, batch: 3 });
  });

  it('goes on after a run that failed, and keeps its message', async () => {
    const app = await started();
    finishAtOnce(app);
    planned(app, ['pill']);
    const nonFinite = new ResiduaError(
      'non-finite-loss',
      'The loss became NaN at step 1.',
      'Lower the rate.',
    );
    let runs = 0;
    app.fake.answer('start', () => {
      app.fake.status({ phase: 'running', epochs });
      if (++runs === 1) {
        app.fake.status({ phase: 'failed' });
        app.fake.emit('failure', nonFinite.toPlain());
      } else {
        app.fake.emit('evaluation', fakeEvaluation(epochs, scores));
        app.fake.status({ phase: 'finished', step: epochs, epoch: epochs });
      }
      return undefined;
    });
    await app.table.start();
    expect(states(app)).toEqual(['pill/l2/0 failed', 'pill/wfdl/0 done']);
    expect(app.store.getState().table.entries[0].outcome).toMatchObject({ error: nonFinite.toPlain() });
    expect(app.store.getState().run.error).toBeUndefined();
  });

  it('goes on after a run that does not fit the device', async () => {
    const app = await started();
    finishAtOnce(app);
    planned(app, ['pill']);
    const tooLarge = new ResiduaError('out-of-memory', 'It needs 9 GB.', 'Use a smaller batch.');
    app.fake.answer('configure', ({ loss }) => {
      if (loss === 'wfdl') throw tooLarge;
      app.fake.status({});
      return { parameterCount: 1, stepsPerEpoch: 1, microBatch: 1 };
    });
    await app.table.start();
    expect(states(app)).toEqual(['pill/l2/0 done', 'pill/wfdl/0 failed']);
    expect(app.store.getState().table.entries[1].outcome).toMatchObject({ error: tooLarge.toPlain() });
  });

  it('is not misled by an error of the run before that comes late', async () => {
    const app = await started();
    planned(app, ['pill']);
    app.fake.answer('start', () => {
      app.fake.status({ phase: 'running', epochs });
      const error = new ResiduaError('internal', 'A curve could not be made.', '').toPlain();
      app.store.setState((state) => ({ ...state, run: { ...state.run, error } }));
      app.fake.emit('evaluation', fakeEvaluation(epochs, scores));
      app.fake.status({ phase: 'finished', step: epochs, epoch: epochs });
      return undefined;
    });
    await app.table.start();
    expect(states(app)).toEqual(['pill/l2/0 done', 'pill/wfdl/0 done']);
  });

  it('fails all runs of a category whose files are gone, and goes on with the next', async () => {
    const app = await started();
    finishAtOnce(app);
    planned(app);
    const gone = new ResiduaError(
      'unreadable-image',
      'None of the 4 images could be read.',
      'Drop it again.',
    );
    app.fake.decode = async (category, side) => {
      if (category.name === 'bottle') throw gone;
      return fakeDecoded(category, side);
    };
    await app.table.start();
    expect(states(app)).toEqual([
      'bottle/l2/0 failed',
      'bottle/wfdl/0 failed',
      'pill/l2/0 done',
      'pill/wfdl/0 done',
    ]);
    expect(app.fake.decodes).toHaveLength(2);
    expect(app.store.getState().dataset.error).toBeUndefined();
    app.fake.decode = async (category, side) => fakeDecoded(category, side);
    app.table.retry();
    await app.table.start();
    expect(states(app).every((state) => state.endsWith('done'))).toBe(true);
  });

  it('fails a category without test images, and says what AUROC lacks where there is one class', async () => {
    const app = await started();
    finishAtOnce(app);
    const only = (name: string, isKept: (path: string) => boolean): Category => {
      const category = fakeCategory(name);
      return { ...category, samples: category.samples.filter(({ path }) => isKept(path)) };
    };
    app.table.offer(
      [only('bottle', (path) => path.startsWith('train')), only('pill', (path) => path.includes('good'))],
      [],
    );
    app.table.plan({ categories: ['bottle', 'pill'], losses: ['l2'], seeds: [0] });
    await app.table.start();
    const [bottle, pill] = app.store.getState().table.entries;
    expect(bottle.outcome).toMatchObject({ state: 'failed', error: { code: 'no-test-images' } });
    expect(pill.outcome).toMatchObject({
      state: 'done',
      result: { imageAuroc: { defined: false, reason: expect.stringContaining('normal') }, epochs: 0 },
    });
    expect(app.fake.requests).not.toContain('start');
    const { rows } = aggregateTable([pill]);
    expect(rows[0].cells[0].mean).toBeUndefined();
  });

  it('stands where the device is lost, and leaves the rest waiting', async () => {
    const app = await started();
    planned(app, ['pill']);
    const lost = new ResiduaError('device-lost', 'The device was lost.', 'Reload the page.');
    app.fake.answer('start', () => {
      app.fake.status({ phase: 'running' });
      app.fake.status({ phase: 'failed' });
      app.fake.emit('failure', lost.toPlain());
      return undefined;
    });
    await app.table.start();
    expect(states(app)).toEqual(['pill/l2/0 failed', 'pill/wfdl/0 waiting']);
    expect(app.store.getState().table.phase).toBe('idle');
  });
});

describe('a pause', () => {
  const paused = async () => {
    const app = await started();
    app.fake.answer('pause', () => {
      app.fake.status({ phase: 'paused', step: 1, epoch: 1, epochs });
      return undefined;
    });
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
    // One model an entry: the paused one was not built again.
    expect(app.fake.requests.filter((name) => name === 'configure')).toHaveLength(2);
    expect(app.store.getState().table.entries[0].outcome).toMatchObject({ result: { elapsedMs: 1500 } });
    expect(app.store.getState().run.config.loss).toBe(presets.quickLook.loss);
  });

  it('by the run’s own button stops the queue as well', async () => {
    const app = await started();
    app.fake.answer('pause', () => {
      app.fake.status({ phase: 'paused', step: 1, epochs });
      return undefined;
    });
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

  it('allows other images; the entry then starts anew', async () => {
    const app = await paused();
    app.fake.setScan({ categories: [fakeCategory('other')], setAside: [] });
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
    app.fake.answer('pause', () => {
      app.fake.status({ phase: 'paused', step: 1, epochs });
      return undefined;
    });
    await app.table.skip('pill/wfdl/0');
    await app.table.skip('pill/l2/0');
    await queue;
    expect(states(app)).toEqual(['pill/l2/0 skipped', 'pill/wfdl/0 skipped']);
    app.table.retry('pill/wfdl/0');
    expect(states(app)).toEqual(['pill/l2/0 skipped', 'pill/wfdl/0 waiting']);
  });

  it('may take entries out, and clear the table while it runs', async () => {
    const { app, queue } = await withRunning();
    app.fake.answer('pause', () => {
      app.fake.status({ phase: 'paused', step: 1, epochs });
      return undefined;
    });
    app.table.remove('pill/wfdl/0');
    app.table.remove('pill/l2/0');
    expect(states(app)).toEqual(['pill/l2/0 running']);
    await app.table.clear();
    await queue;
    const { entries, base, offered } = app.store.getState().table;
    expect([entries, base, offered.length]).toEqual([[], undefined, 1]);
  });
});

describe('a table', () => {
  it('comes back with the next visit, and goes on once its folder is there again', async () => {
    const first = await started();
    finishAtOnce(first);
    planned(first, ['bottle']);
    await first.table.start();
    planned(first, ['pill']);
    await vi.waitFor(() => expect(first.fake.keptTable).toMatchObject({ entries: { length: 4 } }));

    const fake = createFakeClients();
    fake.keptTable = first.fake.keptTable;
    const app = await started(fake);
    expect(states(app)).toEqual([
      'bottle/l2/0 done',
      'bottle/wfdl/0 done',
      'pill/l2/0 waiting',
      'pill/wfdl/0 waiting',
    ]);
    await app.table.start();
    expect(app.store.getState().table.phase).toBe('idle');
    finishAtOnce(app);
    app.table.offer([fakeCategory('pill')], []);
    await app.table.start();
    expect(states(app).filter((state) => state.endsWith('done'))).toHaveLength(4);
    expect(fake.decodes).toHaveLength(1);
  });

  it('is extended by a plan of the same settings, and replaced by one of others', async () => {
    const app = await started();
    finishAtOnce(app);
    planned(app, ['pill']);
    await app.table.start();
    app.table.plan({ categories: ['pill'], losses: ['ssim'], seeds: [0] });
    expect(states(app)).toEqual(['pill/l2/0 done', 'pill/wfdl/0 done', 'pill/ssim/0 waiting']);
    app.run.setConfig({ epochs: 5 });
    app.table.plan({ categories: ['pill'], losses: ['ssim'], seeds: [0] });
    expect(states(app)).toEqual(['pill/ssim/0 waiting']);
    expect(app.store.getState().table.base?.epochs).toBe(5);
  });

  it('that cannot be read is said to be so, and the page starts', async () => {
    const fake = createFakeClients();
    fake.keptTable = { version: 1, base: { side: 64 }, entries: [] };
    const { store } = await started(fake);
    expect(store.getState().table.notice).toMatchObject({ code: 'import-invalid' });
    expect(store.getState().table.entries).toEqual([]);
  });

  it('that cannot be kept is said to be so, and goes on', async () => {
    const fake = createFakeClients();
    fake.clients.tableStorage.write = () => Promise.reject(new Error('no room'));
    const app = await started(fake);
    finishAtOnce(app);
    planned(app, ['pill']);
    await app.table.start();
    expect(app.store.getState().table.notice?.problem).toContain('no room');
    expect(states(app)).toEqual(['pill/l2/0 done', 'pill/wfdl/0 done']);
  });
});
