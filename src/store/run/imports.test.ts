import { describe, expect, it, vi } from 'vitest';
import { ResiduaError } from '#core/errors.ts';
import { presets } from '#core/presets.ts';
import { settingsVersion } from '#core/versions/settings-version.ts';
import {
  createFakeClients,
  fakeDecoded,
  fakeEvaluation,
  fakeImported,
  fakeModelJson,
} from '../testing/fake-clients.ts';
import { startedStore } from '../testing/started-store.ts';
import { cancellableWork } from './state.ts';

const modelAt64 = JSON.stringify({
  userDefinedMetadata: { residua: { version: settingsVersion, config: { ...presets.quickLook, side: 64 } } },
});
const unreadable = new ResiduaError('unreadable-image', 'a.png is empty.', 'Replace it.');

describe('import', () => {
  it('applies settings and history, and counts the weights as saved', async () => {
    const fake = createFakeClients({
      importRun: () => fakeImported({ ...presets.quickLook, epochs: 7 }),
    });
    const { store, imports } = await startedStore(fake);
    await imports.run({ modelJson: fakeModelJson, weights: new ArrayBuffer(0) });
    const state = store.getState().run;
    expect(state.error).toBeUndefined();
    expect(state.configured?.epochs).toBe(7);
    expect(state.history.evaluations).toHaveLength(1);
    expect(state.importedFrom).toBe('bolt');
    expect(state.savedStep).toBe(7);
  });

  it('drops the plan of a race', async () => {
    const fake = createFakeClients({ importRun: () => fakeImported(presets.quickLook) });
    const { store, imports, race } = await startedStore(fake);
    race.plan([{ loss: 'l2' }]);
    await imports.run({ modelJson: fakeModelJson, weights: new ArrayBuffer(0) });
    expect(store.getState().race.planned).toEqual([]);
  });

  it.each([
    ['two files', ['weights.bin', 'model.json'], undefined],
    ['weights of another name', ['best.bin', 'best.json'], undefined],
    ['past epochs as a third file', ['past.bin', 'model.json', 'weights.bin'], 'past.bin'],
    [
      'files with the name of their run',
      ['past-wfdl-seed0-weights.bin', 'past-wfdl-seed0-past.bin', 'past-wfdl-seed0-model.json'],
      'past-wfdl-seed0-past.bin',
    ],
    [
      'files that the browser has renamed',
      ['weights (1).bin', 'past (1).bin', 'model (1).json'],
      'past (1).bin',
    ],
  ])('reads %s', async (_, names, past) => {
    const opened: (string | undefined)[] = [];
    const fake = createFakeClients({
      openRun: (files) => {
        const past = 'bytes' in files ? undefined : files.past;
        opened.push(past && new TextDecoder().decode(past));
        return { side: 32, fit: 'squeeze' };
      },
      importRun: () => fakeImported(presets.quickLook),
    });
    const { store, imports } = await startedStore(fake);
    await imports.files(names.map((name) => new File([name], name)));
    expect(store.getState().run.error).toBeUndefined();
    expect(opened).toEqual([past]);
  });

  it.each([[['model.json']], [['past.bin', 'weights.bin']], [['model.json', 'a.bin', 'b.bin']]])(
    'refuses %j, and says which files it needs',
    async (names) => {
      const { store, imports } = await startedStore();
      await imports.files(names.map((name) => new File([name], name)));
      expect(store.getState().run.error).toMatchObject({
        code: 'import-invalid',
        problem: expect.stringMatching(
          names.length === 1 ? 'weights.bin is missing' : 'with or without a past.bin',
        ),
      });
    },
  );

  it('sends images of its side with the request, and replaces the loaded ones', async () => {
    const seen: unknown[] = [];
    const imported = fakeImported({ ...presets.quickLook, side: 64, epochs: 7 });
    const fake = createFakeClients({
      importRun: ({ images }) => {
        seen.push(images?.side);
        return imported;
      },
    });
    const { store, imports, run } = await startedStore(fake);
    await run.start();
    await imports.run({ modelJson: modelAt64, weights: new ArrayBuffer(0) });
    expect(fake.requests.filter((name) => name === 'loadImages')).toHaveLength(1);
    expect(seen).toEqual([64]);
    const state = store.getState();
    expect(state.dataset.loaded?.side).toBe(64);
    expect(state.dataset.loading).toBeUndefined();
    expect(state.run.config.side).toBe(64);
    expect(state.run.status).toEqual(imported.status);
    expect(state.view).toMatchObject({ selected: 6, sample: { index: 6 } });
  });

  it('leaves run, settings and images unchanged if it is canceled or fails, and reports its progress', async () => {
    const { fake, store, imports, run } = await startedStore();
    await run.start();
    fake.status({ phase: 'paused', step: 5 });
    fake.emit('evaluation', fakeEvaluation(5, [1, 2, 3, 4, 5]));
    await vi.waitFor(() => expect(store.getState().metrics.pixel.phase).toBe('ready'));
    const before = store.getState();
    const files = { modelJson: modelAt64, weights: new ArrayBuffer(0) };
    const progress = { share: 0.5, remainingMs: 4000 };
    fake.answer('importRun', (_, call) => {
      call?.onProgress?.(progress);
      return new Promise(() => undefined);
    });
    const calledOff = imports.run(files);
    await vi.waitFor(() => expect(store.getState().run.taskProgress).toEqual(progress));
    expect(cancellableWork(store.getState().run)).toBe('import');
    run.cancel();
    await calledOff;
    expect(store.getState()).toEqual(before);

    fake.answer('importRun', () => Promise.reject(unreadable));
    await imports.run(files);
    expect(store.getState()).toEqual({ ...before, run: { ...before.run, error: unreadable.toPlain() } });

    fake.decode = () => new Promise(() => undefined);
    const whileDecoding = imports.run(files);
    await vi.waitFor(() => expect(store.getState().dataset.loading?.side).toBe(64));
    run.cancel();
    await whileDecoding;
    expect(store.getState().dataset).toEqual(before.dataset);
    expect(fake.requests.filter((name) => name === 'importRun')).toHaveLength(2);
  });

  it('decodes nothing if it was canceled while it waited for another decoding', async () => {
    const { fake, store, imports, run, dataset } = await startedStore();
    let finish = (): void => undefined;
    fake.decode = (category, side) =>
      new Promise((resolve) => {
        finish = () => resolve(fakeDecoded(category, side));
      });
    run.setConfig({ side: 32 });
    const loading = dataset.matchFraming();
    const importing = imports.run({ modelJson: modelAt64, weights: new ArrayBuffer(0) });
    fake.decodes.length = 0;
    run.cancel();
    finish();
    await Promise.all([loading, importing]);
    expect(fake.decodes).toEqual([]);
    expect(fake.requests).not.toContain('importRun');
    expect(store.getState().dataset).toMatchObject({ loaded: { side: 32 }, loading: undefined });
    expect(store.getState().run).toMatchObject({ task: undefined, error: undefined });
  });

  it('refuses a file that is no model, and keeps the settings', async () => {
    const { store, imports } = await startedStore();
    await imports.run({ modelJson: '{}', weights: new ArrayBuffer(0) });
    expect(store.getState().run.error?.code).toBe('import-invalid');
    expect(store.getState().run.config).toEqual(presets.quickLook);
  });
});
