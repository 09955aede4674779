import { describe, expect, it, vi } from 'vitest';
import { presets } from '#core/config.ts';
import { cancelled, ResiduaError } from '#core/errors.ts';
import type { EvaluationSettings } from '#core/evaluation-settings.ts';
import type { SpectrumRecord } from '#core/history.ts';
import { createAppStore } from './app-store.ts';
import { createAutomation } from './automation.ts';
import { cancellableWork } from './run-state.ts';
import {
  createFakeClients,
  fakeCategory,
  fakeDecoded,
  fakeEvaluation,
  fakeImported,
} from './testing/fake-clients.ts';

const started = async (fake = createFakeClients()) => {
  const store = createAppStore(fake.clients);
  await store.actions.startUp();
  return { fake, store, ...store.actions };
};

const unreadable = new ResiduaError('unreadable-image', 'a.png is empty.', 'Replace it.');
const modelJson = JSON.stringify({ userDefinedMetadata: { residua: { config: presets.quickLook } } });

const modelAt32 = JSON.stringify({
  userDefinedMetadata: { residua: { config: { ...presets.quickLook, side: 32 } } },
});

describe('start-up', () => {
  it('starts the device, loads the sample and shows its first anomalous test image', async () => {
    const { store } = await started();
    const { dataset, run, view } = store.getState();
    expect(run.device.phase).toBe('ready');
    expect(dataset.loaded?.category.name).toBe('sample');
    expect(view.selected).toBe(6);
    expect(view.sample?.index).toBe(6);
  });

  it('keeps the images when there is no WebGPU, and says so on start', async () => {
    const noGpu = new ResiduaError('no-webgpu', 'No WebGPU.', 'Use another browser.');
    const { store, run } = await started(createFakeClients({ openDevice: () => Promise.reject(noGpu) }));
    expect(store.getState().dataset.loaded).toBeDefined();
    await run.start();
    expect(store.getState().run.error).toEqual(noGpu.toPlain());
  });
});

describe('loading files', () => {
  it('asks which of several categories, and loads the chosen one', async () => {
    const { fake, store, dataset } = await started();
    const setAside = [{ path: 'readme.txt', reason: 'not an image' }];
    fake.setScan({ categories: [fakeCategory('a'), fakeCategory('b')], setAside });
    await dataset.loadFiles([]);
    expect(store.getState().dataset.pending?.categories.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(store.getState().dataset.loaded?.category.name).toBe('sample');
    await dataset.chooseCategory('b');
    expect(store.getState().dataset.loaded?.category.name).toBe('b');
    expect(store.getState().dataset.loaded?.setAside).toEqual(setAside);
    expect(store.getState().dataset.pending).toBeUndefined();
  });

  it('leaves what was loaded untouched when decoding fails', async () => {
    const { fake, store, dataset, run } = await started();
    await run.start();
    const before = store.getState();
    fake.decode = () => Promise.reject(unreadable);
    await dataset.loadFiles([]);
    const after = store.getState();
    expect(after.dataset.error).toEqual(unreadable.toPlain());
    expect(after.dataset.loaded).toBe(before.dataset.loaded);
    expect(after.run).toEqual(before.run);
    expect(after.view).toEqual(before.view);
  });

  it('names the file where nothing is a category', async () => {
    const { fake, store, dataset } = await started();
    fake.setScan({ categories: [], setAside: [{ path: 'x/notes.txt', reason: 'it is not an image.' }] });
    await dataset.loadFiles([]);
    expect(store.getState().dataset.error).toMatchObject({
      code: 'not-a-category',
      problem: expect.stringContaining('x/notes.txt'),
    });
  });

  it('lets the later of two loads win, whichever ends first', async () => {
    const { fake, store, dataset } = await started();
    let finishFirst = (): void => undefined;
    fake.decode = (category, side) =>
      new Promise((resolve) => {
        finishFirst = () => resolve(fakeDecoded(category, side));
      });
    fake.setScan({ categories: [fakeCategory('first')], setAside: [] });
    const first = dataset.loadFiles([]);
    fake.decode = async (category, side) => fakeDecoded(category, side);
    fake.setScan({ categories: [fakeCategory('second')], setAside: [] });
    await dataset.loadFiles([]);
    finishFirst();
    await first;
    expect(store.getState().dataset.loaded?.category.name).toBe('second');
    expect(store.getState().dataset.error).toBeUndefined();
  });
});

describe('settings', () => {
  it('decode the images again at a new side at once while nothing is trained', async () => {
    const { fake, store, run, dataset } = await started();
    run.setConfig({ side: 32 });
    await dataset.matchSide();
    expect(fake.decodes).toEqual([64, 32]);
    expect(store.getState().dataset.loaded?.side).toBe(32);
    expect(store.getState().dataset.loaded?.category.name).toBe('sample');
  });

  it('keep the trained run until the next start when its side changes', async () => {
    const { fake, store, run } = await started();
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
    const { fake, run } = await started();
    await run.start();
    expect(() => run.setConfig({ epochs: 3 })).toThrow(/epochs cannot change/);
    run.setConfig({ bandLow: 0 });
    expect(fake.requests).toContain('reevaluate');
  });

  it('reject what is out of range by name, and change nothing', async () => {
    const { store, run } = await started();
    expect(() => run.setConfig({ batch: 0 })).toThrow(/batch is 0/);
    expect(store.getState().run.config.batch).toBe(presets.quickLook.batch);
  });

  it('take a preset without its seed and without what belongs to the machine', async () => {
    const { store, run } = await started();
    const own = { seed: 7, memoryBudgetMB: 500, microBatch: 4 };
    run.setConfig(own);
    run.applyPreset('recommended');
    expect(store.getState().run.config).toEqual({ ...presets.recommended, ...own });
  });
});

describe('the device', () => {
  it('changes on request, and the run that was on the other one is gone', async () => {
    const { fake, store, run } = await started();
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
    const { store, run } = await started(fake);
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
    const { fake, run } = await started();
    await run.start();
    fake.status({ phase: 'paused', step: 3 });
    await run.start();
    expect(fake.requests.filter((name) => name === 'configure')).toHaveLength(1);
    expect(fake.requests.filter((name) => name === 'start')).toHaveLength(2);
  });

  it('starts a new run after a finished one, with an empty history', async () => {
    const { fake, store, run } = await started();
    await run.start();
    fake.emit('steps', [{ step: 1, epoch: 1, loss: 1 }]);
    fake.status({ phase: 'finished', step: 1 });
    await run.start();
    expect(fake.requests.filter((name) => name === 'configure')).toHaveLength(2);
    expect(store.getState().run.history.steps).toEqual([]);
  });

  it('goes back to the settings of the run on reset', async () => {
    const { fake, store, run } = await started();
    await run.start();
    fake.status({ phase: 'paused', step: 3 });
    run.setConfig({ epochs: 99 });
    await run.reset();
    expect(store.getState().run.config.epochs).toBe(presets.quickLook.epochs);
    expect(store.getState().run.history.steps).toEqual([]);
  });

  it('replaces an evaluation of the same step by the later one', async () => {
    const { fake, store } = await started();
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

describe('walking the gallery', () => {
  it('follows the scores, and stays at the end', async () => {
    const { fake, store, view } = await started();
    fake.emit('evaluation', fakeEvaluation(1, [1, 2, 3, 5, 4]));
    expect(store.getState().view.selected).toBe(6);
    await view.walk(-1);
    expect(store.getState().view.selected).toBe(8);
    await view.walk(-2);
    expect(store.getState().view.selected).toBe(7);
  });
});

describe('spectra of the residual', () => {
  const record = (step: number): SpectrumRecord => ({
    epoch: step,
    step,
    power: Float32Array.of(step),
    inputPower: Float32Array.of(1),
  });

  it('are kept for each loss with its seed, until a later run of that loss has some', async () => {
    const { fake, store, run } = await started();
    run.setConfig({ loss: 'l2', seed: 3 });
    await run.start();
    for (const step of [1, 2]) fake.emit('spectrum', record(step));
    fake.status({ phase: 'finished', step: 2 });
    run.setConfig({ loss: 'wfdl', seed: 4 });
    await run.start();
    const kept = () => store.getState().run.spectraByLoss;
    expect(store.getState().run.history.spectra).toEqual([]);
    expect(kept()['l2']).toMatchObject({ seed: 3, side: 64, records: [record(1), record(2)] });
    expect(kept()['wfdl']).toBeUndefined();
    fake.emit('spectrum', record(1));
    expect(kept()['wfdl']).toMatchObject({ seed: 4, records: [record(1)] });
    fake.status({ phase: 'finished', step: 1 });
    run.setConfig({ loss: 'l2' });
    await run.start();
    expect(kept()['l2']?.records).toHaveLength(2);
    fake.emit('spectrum', record(1));
    expect(kept()['l2']).toMatchObject({ seed: 4, records: [record(1)] });
  });
});

describe('evaluating again', () => {
  const evaluated = async () => {
    const parts = await started();
    await parts.run.start();
    parts.fake.status({ phase: 'paused', step: 5 });
    return parts;
  };

  it('is called off with the setting back as it was, and what changed meanwhile as it is', async () => {
    const { fake, store, run } = await evaluated();
    const { batchNorm, bandHigh } = store.getState().run.config;
    const asked: EvaluationSettings[] = [];
    fake.answer('reevaluate', (settings) => {
      asked.push(settings);
      return settings.batchNorm === 'running' ? new Promise(() => undefined) : undefined;
    });
    run.setConfig({ batchNorm: 'running' });
    expect(cancellableWork(store.getState().run)).toBe('evaluation');
    run.setConfig({ bandHigh: 8 });
    run.cancel();
    await vi.waitFor(() => expect(cancellableWork(store.getState().run)).toBeUndefined());
    expect(asked).toMatchObject([
      { batchNorm: 'running', bandHigh },
      { batchNorm, bandHigh: 8 },
    ]);
    expect(store.getState().run.config).toMatchObject({ batchNorm, bandHigh: 8 });
    expect(store.getState().run.configured).toEqual(store.getState().run.config);
    expect(store.getState().run.error).toBeUndefined();
  });

  it('ends where the setting is changed back before it is through', async () => {
    const { fake, store, run } = await evaluated();
    const { batchNorm } = store.getState().run.config;
    fake.answer('reevaluate', () => new Promise(() => undefined));
    run.setConfig({ batchNorm: 'running' });
    run.setConfig({ batchNorm });
    await vi.waitFor(() => expect(cancellableWork(store.getState().run)).toBeUndefined());
    expect(fake.requests.filter((name) => name === 'reevaluate')).toHaveLength(1);
    expect(store.getState().run.configured?.batchNorm).toBe(batchNorm);
  });

  it('leaves the settings of the page to the next run where the run goes away', async () => {
    const { fake, store, run } = await evaluated();
    fake.answer('reevaluate', () => Promise.reject(cancelled()));
    run.setConfig({ batchNorm: 'running' });
    await vi.waitFor(() => expect(cancellableWork(store.getState().run)).toBeUndefined());
    expect(store.getState().run.config.batchNorm).toBe('running');
    expect(store.getState().run.error).toBeUndefined();
  });
});

describe('an export', () => {
  it('tells its progress and is called off without an error', async () => {
    const { fake, store, run } = await started();
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
      importRun: () => fakeImported({ ...presets.quickLook, epochs: 7 }),
    });
    const { store, run } = await started(fake);
    await run.importRun({ modelJson, weights: new ArrayBuffer(0) });
    const state = store.getState().run;
    expect(state.error).toBeUndefined();
    expect(state.configured?.epochs).toBe(7);
    expect(state.history.evaluations).toHaveLength(1);
    expect(state.importedFrom).toBe('bolt');
    expect(state.keptStep).toBe(7);
  });

  it('brings images of its side along, and takes their place with them', async () => {
    const seen: unknown[] = [];
    const imported = fakeImported({ ...presets.quickLook, side: 32 });
    const fake = createFakeClients({
      importRun: ({ images }) => {
        seen.push(images?.side);
        return imported;
      },
    });
    const { store, run } = await started(fake);
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
    const { fake, store, run } = await started();
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
    const { store, run } = await started();
    await run.importRun({ modelJson: '{}', weights: new ArrayBuffer(0) });
    expect(store.getState().run.error?.code).toBe('import-invalid');
    expect(store.getState().run.config).toEqual(presets.quickLook);
  });
});

describe('automation', () => {
  it('resolves training when the run is finished, and gives a snapshot that is plain JSON', async () => {
    const { fake, store } = await started();
    const automation = createAutomation(store, Promise.resolve());
    const trained = automation.train();
    setTimeout(() => {
      fake.emit('evaluation', fakeEvaluation(1, [1, 2, 3, 4, 5]));
      fake.status({ phase: 'finished', step: 1 });
    });
    await trained;
    const snapshot = automation.snapshot();
    expect(JSON.parse(JSON.stringify(snapshot)).evaluations[0].scores).toEqual([1, 2, 3, 4, 5]);
    expect(snapshot.samples).toHaveLength(9);
  });

  it('rejects training with the error that the page shows', async () => {
    const { fake, store } = await started();
    const trained = createAutomation(store, Promise.resolve()).train();
    const failure = {
      code: 'non-finite-loss',
      problem: 'The loss became NaN.',
      remedy: 'Lower it.',
    } as const;
    setTimeout(() => {
      fake.status({ phase: 'failed', step: 1 });
      fake.emit('failure', failure);
    });
    await expect(trained).rejects.toMatchObject(failure);
    expect(store.getState().run.error).toEqual(failure);
  });

  it('names the categories where several are dropped and none is chosen', async () => {
    const { fake, store } = await started();
    fake.setScan({ categories: [fakeCategory('a'), fakeCategory('b')], setAside: [] });
    const automation = createAutomation(store, Promise.resolve());
    await expect(automation.loadFiles([])).rejects.toThrow(/a, b/);
    await automation.loadFiles([], 'b');
    expect(store.getState().dataset.loaded?.category.name).toBe('b');
  });
});
