import { describe, expect, it } from 'vitest';
import { ResiduaError } from '#core/errors.ts';
import { presets } from '#core/presets.ts';
import type { BundledRun } from '#worker/bundled-runs.ts';
import { createMemoryLibrary } from '../runs/memory-library.ts';
import type { RunLibrary } from '../runs/run-library.ts';
import { createFakeClients, fakeEvaluation, fakeImported, fakeModelJson } from '../testing/fake-clients.ts';
import { startedStore } from '../testing/started-store.ts';
import { pairBlock } from './can-show.ts';

const bundled = (loss: 'wfdl' | 'l2'): BundledRun => ({
  files: { modelJson: fakeModelJson, weights: new ArrayBuffer(8), past: new ArrayBuffer(3) },
  config: { ...presets.quickLook, loss },
  categoryName: 'sample',
  history: {
    steps: [{ step: 30, epoch: 2, loss: 1 }],
    evaluations: [{ ...fakeEvaluation(30, [1, 2, 3, 4, 5]), epoch: 2 }],
    spectra: [],
  },
  parameterCount: 1,
});

const importedPair = () =>
  (['wfdl', 'l2'] as const).map((loss) => fakeImported({ ...presets.quickLook, loss }, 'sample'));

/** A library that records the runs written to it. */
const recordingLibrary = () => {
  const written: string[] = [];
  const library = createMemoryLibrary();
  const recording: RunLibrary = {
    ...library,
    add: async (run, files) => {
      written.push(run.id);
      await library.add(run, files);
    },
    update: async (run) => {
      written.push(run.id);
    },
  };
  return { written, recording };
};

const started = async () => {
  const fake = createFakeClients({
    exportRun: () => ({ modelJson: fakeModelJson, weights: new ArrayBuffer(8) }),
    importRun: () => fakeImported(presets.quickLook, 'sample'),
    importRace: () => importedPair(),
  });
  const { written, recording } = recordingLibrary();
  fake.library = recording;
  fake.bundledRuns = async () => [bundled('wfdl'), bundled('l2')];
  const all = await startedStore(fake);
  const chosen = () => all.store.getState().runs.chosen;
  const phase = () => all.store.getState().pair.phase;
  return { ...all, written, chosen, phase };
};

describe('the bundled pair', () => {
  it('opens as a race, and is neither stored nor counted among the user’s runs', async () => {
    const { store, pair, runs, chosen, phase, written } = await started();
    await pair.show();
    expect(phase()).toBe('shown');
    expect(store.getState().run).toMatchObject({
      configured: presets.quickLook,
      importedFrom: 'sample',
      status: { phase: 'finished' },
    });
    expect(store.getState().race).toMatchObject({ planned: [], rivals: [{ config: { loss: 'l2' } }] });
    expect(chosen()).toEqual([]);
    expect(store.getState().runs.retained).toMatchObject([{ name: 'L2 (example)', bundled: true }]);
    expect((await runs.files('bundled-l2')).weights.byteLength).toBe(8);
    expect((await runs.past('bundled-l2'))?.byteLength).toBe(3);
    await runs.rescore(['bundled-l2']);
    expect(written).toEqual([]);
  });

  it.each<[string, (all: Awaited<ReturnType<typeof started>>) => unknown]>([
    ['settings of a link', ({ run }) => run.setConfig({ batch: 16 })],
    [
      'another folder',
      ({ dataset }) => dataset.loadCategory({ name: 'x', samples: [], skippedFiles: [], notices: [] }),
    ],
    ['a run', ({ run }) => run.start()],
    ['an invalid link', ({ run }) => run.openLink('#v=2&preset=quickLook&depth=4')],
    ['a planned race', ({ race }) => race.plan([{ loss: 'l2' }])],
    ['a pair without its second run', ({ fake }) => (fake.bundledRuns = async () => [bundled('wfdl')])],
  ])('does not appear beside %s', async (_, before) => {
    const all = await started();
    await before(all);
    const { run } = all.store.getState();
    await all.pair.show();
    expect(all.phase()).toBe('none');
    expect(all.store.getState().run.configured).toBe(run.configured);
    expect(all.chosen()).toEqual([]);
  });

  it('does not appear beside a retained run of the user', async () => {
    const { store, fake, run, pair, dataset, phase } = await started();
    await run.start();
    fake.emit('steps', [{ step: 1, epoch: 1, loss: 1 }]);
    fake.status({ phase: 'finished', step: 1 });
    await expect.poll(() => store.getState().runs.retained).toHaveLength(1);
    await dataset.loadSample();
    await pair.show();
    expect(phase()).toBe('none');
  });

  it('leaves the page empty, without an error, if it cannot be read or imported', async () => {
    const { fake, store, pair, phase } = await started();
    fake.answer('importRace', () => Promise.reject(new Error('lost')));
    await pair.show();
    expect(phase()).toBe('none');
    expect(store.getState().run.error).toBeUndefined();
    expect(store.getState().runs.retained).toEqual([]);
  });

  it('opens on request beside retained runs, other settings and a retained run on the page', async () => {
    const { store, fake, run, pair, phase } = await started();
    run.setConfig({ batch: 16 });
    await run.start();
    fake.emit('steps', [{ step: 1, epoch: 1, loss: 1 }]);
    fake.status({ phase: 'finished', step: 1 });
    await expect.poll(() => store.getState().runs.retained).toHaveLength(1);
    await pair.show();
    expect(phase()).toBe('none');
    await pair.open();
    expect(phase()).toBe('shown');
    expect(store.getState().run.config).toEqual(presets.quickLook);
    expect(store.getState().runs.retained.map(({ bundled }) => bundled === true)).toEqual([true, false]);
  });

  it.each<[string, (all: Awaited<ReturnType<typeof started>>) => unknown, string]>([
    [
      'images of the user',
      ({ dataset }) => dataset.loadCategory({ name: 'x', samples: [], skippedFiles: [], notices: [] }),
      'Open the sample first.',
    ],
    [
      'a run that trains',
      async ({ run, fake }) => {
        await run.start();
        fake.status({ phase: 'running', step: 1 });
      },
      'Stop it first.',
    ],
    [
      'weights that nothing holds',
      async ({ run, fake }) => {
        await run.start();
        fake.status({ phase: 'paused', step: 1 });
      },
      'Retain or export it first.',
    ],
  ])('does not replace %s, even on request', async (_, prepare, reason) => {
    const all = await started();
    await prepare(all);
    const { run } = all.store.getState();
    expect(pairBlock(all.store.getState())).toContain(reason);
    await all.pair.open();
    expect(all.phase()).toBe('none');
    expect(all.store.getState().run.configured).toBe(run.configured);
  });

  it('says on request why it cannot be read', async () => {
    const { fake, store, pair, phase } = await started();
    fake.bundledRuns = () => Promise.reject(new ResiduaError('internal', 'The file is lost.', 'Train.'));
    await pair.open();
    expect(phase()).toBe('none');
    expect(store.getState().run.error?.problem).toBe('The file is lost.');
  });

  it.each<[string, (all: Awaited<ReturnType<typeof started>>) => Promise<unknown>]>([
    ['trains', ({ run }) => run.start()],
    ['opens a folder', ({ dataset }) => dataset.loadFiles([])],
    ['imports a model', ({ imports }) => imports.run(bundled('l2').files)],
    ['changes the device', ({ run }) => run.chooseDevice('wasm')],
  ])('disappears when the user %s', async (_, act) => {
    const all = await started();
    await all.pair.show();
    await act(all);
    expect(all.phase()).toBe('none');
    expect(all.store.getState().race.rivals).toEqual([]);
    expect(all.store.getState().runs.retained).toEqual([]);
    expect(all.written).toEqual([]);
  });

  it.each<[string, (all: Awaited<ReturnType<typeof started>>) => void]>([
    [
      'it is read',
      ({ fake, pair }) => {
        fake.bundledRuns = async () => {
          await pair.dismiss();
          return [bundled('wfdl'), bundled('l2')];
        };
      },
    ],
    [
      'it is imported',
      ({ fake, pair }) =>
        fake.answer('importRace', async () => {
          await pair.dismiss();
          return importedPair();
        }),
    ],
  ])('does not appear if it is dismissed while %s', async (_, prepare) => {
    const all = await started();
    prepare(all);
    await all.pair.show();
    expect(all.phase()).toBe('none');
    expect(all.chosen()).toEqual([]);
    expect(all.store.getState().run.configured).toBeUndefined();
  });

  it('is dismissed to a page with the sample and no run', async () => {
    const { store, pair, phase, chosen } = await started();
    await pair.show();
    await pair.dismiss();
    expect(phase()).toBe('none');
    expect(chosen()).toEqual([]);
    expect(store.getState().run.configured).toBeUndefined();
    expect(store.getState().dataset.loaded?.category.name).toBe('sample');
  });
});
