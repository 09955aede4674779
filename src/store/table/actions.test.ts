import { describe, expect, it, vi } from 'vitest';
import { presets } from '#core/presets.ts';
import { createFakeClients, fakeCategory } from '../testing/fake-clients.ts';
import { epochs, finishAtOnce, planned, started, states } from '../testing/started-queue.ts';

describe('a queue', () => {
  it('runs to its end, decodes each category once, and restores the page’s settings', async () => {
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
        trainImages: 3,
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
});

describe('a table', () => {
  it('comes back with the next visit, and goes on once its folder is there again', async () => {
    const first = await started();
    finishAtOnce(first);
    planned(first, ['bottle']);
    await first.table.start();
    planned(first, ['pill']);
    await vi.waitFor(() => expect(first.fake.storedTable).toMatchObject({ entries: { length: 4 } }));

    const fake = createFakeClients();
    fake.storedTable = first.fake.storedTable;
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
    app.table.addCategories([fakeCategory('pill')], []);
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
    fake.storedTable = { version: 2, base: { side: 64 }, entries: [] };
    const { store } = await started(fake);
    expect(store.getState().table.notice).toMatchObject({ code: 'import-invalid' });
    expect(store.getState().table.entries).toEqual([]);
  });

  it('that cannot be stored is reported, and continues', async () => {
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
