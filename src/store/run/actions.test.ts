import { describe, expect, it } from 'vitest';
import { largestBandRadius } from '#core/config.ts';
import { ResiduaError } from '#core/errors.ts';
import { presets } from '#core/presets.ts';
import { createFakeClients, fakeEvaluation } from '../testing/fake-clients.ts';
import { startedStore } from '../testing/started-store.ts';
import { cancellableWork } from './state.ts';

describe('settings', () => {
  it('decode the images again at a new side at once while nothing is trained', async () => {
    const { fake, store, run, dataset } = await startedStore();
    run.setConfig({ side: 64 });
    await dataset.matchFraming();
    expect(fake.decodes).toEqual([32, 64]);
    expect(store.getState().dataset.loaded?.side).toBe(64);
    expect(store.getState().dataset.loaded?.category.name).toBe('sample');
  });

  it('keep the trained run until the next start when its side changes', async () => {
    const { fake, store, run } = await startedStore();
    await run.start();
    fake.status({ phase: 'paused', step: 5 });
    run.setConfig({ side: 64 });
    expect(store.getState().dataset.loading).toBeUndefined();
    expect(store.getState().run.configured?.side).toBe(32);
    await run.start();
    expect(fake.decodes).toEqual([32, 64]);
    expect(store.getState().run.configured?.side).toBe(64);
  });

  it('are locked while running, but for those of the score', async () => {
    const { fake, run } = await startedStore();
    await run.start();
    expect(() => run.setConfig({ epochs: 3 })).toThrow(/epochs cannot change/);
    run.setConfig({ bandLow: 0 });
    expect(fake.requests).toContain('reevaluate');
  });

  it('reject a value out of range by name, and change nothing', async () => {
    const { store, run } = await startedStore();
    expect(() => run.setConfig({ batch: 0 })).toThrow(/batch is 0/);
    expect(store.getState().run.config.batch).toBe(presets.quickLook.batch);
  });

  it('refuse a side at which the band holds no frequency, and keep a band without an upper end', async () => {
    const { store, run } = await startedStore();
    run.setConfig({ side: 64, bandLow: 40 });
    expect(() => run.setConfig({ side: 32 })).toThrow(/bandLow is 40: must be at most 22\.62/);
    expect(store.getState().run.config.side).toBe(64);
    run.setConfig({ side: 32, bandLow: 0.5 });
    expect(store.getState().run.config).toMatchObject({ side: 32, bandHigh: largestBandRadius });
  });

  it('apply a preset without its seed and its settings of the machine', async () => {
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
    expect(store.getState().dataset.loaded?.category.name).toBe('sample');
  });

  it('stays, with the run on it, if the other one is unavailable', async () => {
    const none = new ResiduaError('no-webgpu', 'No adapter.', 'Use another browser.');
    const fake = createFakeClients();
    const { store, run } = await startedStore(fake);
    await run.start();
    const { configured } = store.getState().run;
    fake.status({ phase: 'paused', step: 3 });
    fake.answer('openDevice', () => Promise.reject(none));
    await run.chooseDevice('webgpu');
    const state = store.getState().run;
    expect(state.error).toEqual(none.toPlain());
    expect(state.deviceChoice).toBe('auto');
    expect(configured).toMatchObject({ loss: state.config.loss });
    expect(state.configured).toBe(configured);
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
    expect([...store.getState().run.history.steps]).toEqual([]);
  });

  it('gives a paused run the changed rate before its next step, and notes it', async () => {
    const { fake, store, run } = await startedStore();
    const change = { step: 3, setting: 'learningRate', before: 3e-3, after: 1e-3 } as const;
    fake.answer('changeRun', (values) => {
      expect(values).toEqual({ learningRate: 1e-3 });
      return [change];
    });
    await run.start();
    fake.status({ phase: 'paused', step: 3 });
    run.setConfig({ learningRate: 1e-3 });
    await run.start();
    const state = store.getState().run;
    expect(fake.requests.filter((name) => name === 'configure')).toHaveLength(1);
    expect(state.history.changes).toEqual([change]);
    expect(state.configured?.learningRate).toBe(1e-3);
    expect(state.status.phase).toBe('running');
  });

  it('starts a new run after a change that needs one, or on request', async () => {
    const { fake, run } = await startedStore();
    await run.start();
    fake.status({ phase: 'paused', step: 3 });
    run.setConfig({ batch: 16 });
    await run.start();
    fake.status({ phase: 'paused', step: 3 });
    run.setConfig({ learningRate: 1e-3 });
    await run.startNew();
    expect(fake.requests.filter((name) => name === 'configure')).toHaveLength(3);
    expect(fake.requests).not.toContain('changeRun');
  });

  it('trains a finished run on to more epochs, but no run from files', async () => {
    const { fake, store, run } = await startedStore();
    fake.answer('changeRun', () => []);
    await run.start();
    fake.status({ phase: 'finished', step: 80 });
    await run.continueTo(160);
    expect(fake.requests.slice(-2)).toEqual(['changeRun', 'trainOn']);
    expect(store.getState().run.configured?.epochs).toBe(160);
    fake.status({ phase: 'finished', step: 160 });
    store.setState(({ run: state }) => ({ run: { ...state, importedFrom: 'bolt' } }));
    await run.continueTo(200);
    expect(store.getState().run.error?.problem).toMatch(/cannot train on/);
  });

  it('goes back to the settings of the run on reset', async () => {
    const { fake, store, run } = await startedStore();
    await run.start();
    fake.status({ phase: 'paused', step: 3 });
    run.setConfig({ epochs: 99 });
    await run.reset();
    expect(store.getState().run.config.epochs).toBe(presets.quickLook.epochs);
    expect([...store.getState().run.history.steps]).toEqual([]);
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
  it('reports its progress and is canceled without an error', async () => {
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
