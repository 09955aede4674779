import { describe, expect, it, vi } from 'vitest';
import { presets } from '#core/config.ts';
import { ResiduaError } from '#core/errors.ts';
import { cancellableWork } from './run-state.ts';
import { createFakeClients, fakeEvaluation, fakeImport, fakeModelJson } from './testing/fake-clients.ts';
import { startedStore } from './testing/started-store.ts';

const modelAt32 = JSON.stringify({
  userDefinedMetadata: { residua: { config: { ...presets.quickLook, side: 32 } } },
});
const unreadable = new ResiduaError('unreadable-image', 'a.png is empty.', 'Replace it.');

describe('settings', () => {
  it('decode the images again at a new side at once while nothing is trained', async () => {
    const { fake, store, run, dataset } = await startedStore();
    run.setConfig({ side: 32 });
    await dataset.matchSide();
    expect(fake.decodes).toEqual([64, 32]);
    expect(store.getState().dataset.loaded?.side).toBe(32);
    expect(store.getState().dataset.loaded?.category.name).toBe('sample');
  });

  it('keep the trained run until the next start when its side changes', async () => {
    const { fake, store, run } = await startedStore();
    await run.start();
    fake.status({ phase: 'paused', step: 5 });
    run.setConfig({ side: 32 });
    expect(store.getState().dataset.loading).toBeUndefined();
    expect(store.getState().run.configured?.side).toBe(64);
    await run.start();
    expect(fake.decodes).toEqual([64, 32]);
    expect(store.getState().run.configured?.side).toBe(32);
  });

  it('are locked while running, but for those of the score', async () => {
    const { fake, run } = await startedStore();
    await run.start();
    expect(() => run.setConfig({ epochs: 3 })).toThrow(/epochs cannot change/);
    run.setConfig({ bandLow: 0 });
    expect(fake.requests).toContain('reevaluate');
  });

  it('reject what is out of range by name, and change nothing', async () => {
    const { store, run } = await startedStore();
    expect(() => run.setConfig({ batch: 0 })).toThrow(/batch is 0/);
    expect(store.getState().run.config.batch).toBe(presets.quickLook.batch);
  });

  it('take a preset without its seed and without what belongs to the machine', async () => {
    const { store, run } = await startedStore();
    const own = { seed: 7, memoryBudgetMB: 500, microBatch: 4 };
    run.setConfig(own);
    run.applyPreset('recommended');
    expect(store.getState().run.config).toEqual({ ...presets.recommended, ...own });
  });
});

describe('the device', () => {
  it('changes on request, and the run that was on the other one is gone', async () => {
    const { fake, store, run } = await startedStore();
    await run.start();
    fake.status({ phase: 'paused', step: 3 });
    await run.chooseDevice('wasm');
    const state = store.getState().run;
    expect(state.device).toMatchObject({ phase: 'ready', report: { backend: 'wasm' } });
    expect(state.deviceChoice).toBe('wasm');
    expect(state.configured).toBeUndefined();
    expect(state.status.step).toBe(0);
    expect(store.getState().dataset.loaded).toBeDefined();
  });

  it('stays, with the run on it, where the other one is not to be had', async () => {
    const none = new ResiduaError('no-webgpu', 'No adapter.', 'Use another browser.');
    const fake = createFakeClients();
    const { store, run } = await startedStore(fake);
    await run.start();
    fake.status({ phase: 'paused', step: 3 });
    fake.answer('openDevice', () => Promise.reject(none));
    await run.chooseDevice('webgpu');
    const state = store.getState().run;
    expect(state.error).toEqual(none.toPlain());
    expect(state.deviceChoice).toBe('auto');
    expect(state.configured).toBeDefined();
    expect(state.status.step).toBe(3);
  });
});

describe('transport', () => {
  it('configures once and resumes after a pause', async () => {
    const { fake, run } = await startedStore();
    await run.start();
    fake.status({ phase: 'paused', step: 3 });
    await run.start();
    expect(fake.requests.filter((name) => name === 'configure')).toHaveLength(1);
    expect(fake.requests.filter((name) => name === 'start')).toHaveLength(2);
  });

  it('starts a new run after a finished one, with an empty history', async () => {
    const { fake, store, run } = await startedStore();
    await run.start();
    fake.emit('steps', [{ step: 1, epoch: 1, loss: 1 }]);
    fake.status({ phase: 'finished', step: 1 });
    await run.start();
    expect(fake.requests.filter((name) => name === 'configure')).toHaveLength(2);
    expect(store.getState().run.history.steps).toEqual([]);
  });

  it('goes back to the settings of the run on reset', async () => {
    const { fake, store, run } = await startedStore();
    await run.start();
    fake.status({ phase: 'paused', step: 3 });
    run.setConfig({ epochs: 99 });
    await run.reset();
    expect(store.getState().run.config.epochs).toBe(presets.quickLook.epochs);
    expect(store.getState().run.history.steps).toEqual([]);
  });

  it('replaces an evaluation of the same step by the later one', async () => {
    const { fake, store } = await startedStore();
    fake.emit('evaluation', fakeEvaluation(1, [1]));
    fake.emit('evaluation', fakeEvaluation(2, [2]));
    fake.emit('evaluation', fakeEvaluation(2, [3]));
    const { evaluations } = store.getState().run.history;
    expect(evaluations.map(({ step, scores }) => [step, scores[0]])).toEqual([
      [1, 1],
      [2, 3],
    ]);
  });
});

describe('an export', () => {
  it('tells its progress and is called off without an error', async () => {
    const { fake, store, run } = await startedStore();
    await run.start();
    const progress = { share: 0.5, remainingMs: 4000 };
    fake.answer('exportRun', (_, call) => {
      call?.onProgress?.(progress);
      return new Promise(() => undefined);
    });
    const exported = run.exportRun();
    expect(store.getState().run.taskProgress).toEqual(progress);
    expect(cancellableWork(store.getState().run)).toBe('export');
    run.cancel();
    expect(await exported).toBeUndefined();
    expect(store.getState().run).toMatchObject({
      task: undefined,
      taskProgress: undefined,
      error: undefined,
    });
  });
});

describe('import', () => {
  it('takes settings and history, and counts the weights as kept', async () => {
    const fake = createFakeClients({
      importRun: () => ({ ...fakeImport(7), config: { ...presets.quickLook, epochs: 7 } }),
    });
    const { store, run } = await startedStore(fake);
    await run.importRun({ modelJson: fakeModelJson, weights: new ArrayBuffer(0) });
    const state = store.getState().run;
    expect(state.error).toBeUndefined();
    expect(state.configured?.epochs).toBe(7);
    expect(state.history.evaluations).toHaveLength(1);
    expect(state.importedFrom).toBe('bolt');
    expect(state.keptStep).toBe(7);
  });

  it('brings images of its side along, and takes their place with them', async () => {
    const seen: unknown[] = [];
    const imported = { ...fakeImport(7), config: { ...presets.quickLook, side: 32 } } as const;
    const fake = createFakeClients({
      importRun: ({ images }) => {
        seen.push(images?.side);
        return imported;
      },
    });
    const { store, run } = await startedStore(fake);
    await run.start();
    await run.importRun({ modelJson: modelAt32, weights: new ArrayBuffer(0) });
    expect(fake.requests.filter((name) => name === 'loadImages')).toHaveLength(1);
    expect(seen).toEqual([32]);
    const state = store.getState();
    expect(state.dataset.loaded?.side).toBe(32);
    expect(state.dataset.loading).toBeUndefined();
    expect(state.run.config.side).toBe(32);
    expect(state.run.status).toEqual(imported.status);
    expect(state.view).toMatchObject({ selected: 6, sample: { index: 6 } });
  });

  it('leaves run, settings and images as they were where it is called off or fails, and tells its progress', async () => {
    const { fake, store, run } = await startedStore();
    await run.start();
    fake.status({ phase: 'paused', step: 5 });
    fake.emit('evaluation', fakeEvaluation(5, [1, 2, 3, 4, 5]));
    await vi.waitFor(() => expect(store.getState().metrics.pixel.phase).toBe('ready'));
    const before = store.getState();
    const files = { modelJson: modelAt32, weights: new ArrayBuffer(0) };
    const progress = { share: 0.5, remainingMs: 4000 };
    fake.answer('importRun', (_, call) => {
      call?.onProgress?.(progress);
      return new Promise(() => undefined);
    });
    const calledOff = run.importRun(files);
    await vi.waitFor(() => expect(store.getState().run.taskProgress).toEqual(progress));
    expect(cancellableWork(store.getState().run)).toBe('import');
    run.cancel();
    await calledOff;
    expect(store.getState()).toEqual(before);

    fake.answer('importRun', () => Promise.reject(unreadable));
    await run.importRun(files);
    expect(store.getState()).toEqual({ ...before, run: { ...before.run, error: unreadable.toPlain() } });

    fake.decode = () => new Promise(() => undefined);
    const whileDecoding = run.importRun(files);
    await vi.waitFor(() => expect(store.getState().dataset.loading?.side).toBe(32));
    run.cancel();
    await whileDecoding;
    expect(store.getState().dataset).toEqual(before.dataset);
    expect(fake.requests.filter((name) => name === 'importRun')).toHaveLength(2);
  });

  it('refuses a file that is no model, and keeps the settings', async () => {
    const { store, run } = await startedStore();
    await run.importRun({ modelJson: '{}', weights: new ArrayBuffer(0) });
    expect(store.getState().run.error?.code).toBe('import-invalid');
    expect(store.getState().run.config).toEqual(presets.quickLook);
  });
});
