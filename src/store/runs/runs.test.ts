import { describe, expect, it } from 'vitest';
import { ResiduaError } from '#core/errors.ts';
import { presets } from '#core/presets.ts';
import type { ExportedRun } from '#worker/protocol.ts';
import { losesWeights } from '../run/state.ts';
import {
  createFakeClients,
  fakeEvaluation,
  fakeImported,
  fakeModelJson,
  fakeView,
} from '../testing/fake-clients.ts';
import { startedStore } from '../testing/started-store.ts';
import { createMemoryLibrary } from './memory-library.ts';
import type { RunLibrary } from './run-library.ts';
import { isLostOnClose, mostChosen } from './state.ts';

const exported: ExportedRun = { modelJson: fakeModelJson, weights: new ArrayBuffer(8) };

/** A store with a library, and with the worker's answers that retaining and restoring need. */
const started = async (library: RunLibrary = createMemoryLibrary()) => {
  const fake = createFakeClients({
    exportRun: () => exported,
    importRun: () => fakeImported({ ...presets.quickLook, epochs: 4 }),
  });
  fake.library = library;
  const { store } = await startedStore(fake);
  /** Trains one run with this number of steps to its end, and waits until it is retained. */
  const train = async (steps = 2): Promise<string> => {
    await store.actions.run.start();
    fake.emit(
      'steps',
      Array.from({ length: steps }, (_, i) => ({ step: i + 1, epoch: 1, loss: 1 })),
    );
    fake.emit('evaluation', fakeEvaluation(steps, [1, 2, 3, 4, 5]));
    const before = store.getState().runs.presentId;
    fake.status({ phase: 'finished', step: steps });
    await expect.poll(() => store.getState().runs.presentId).not.toBe(before);
    await expect.poll(() => store.getState().run.savedStep).toBe(steps);
    return store.getState().runs.presentId!;
  };
  const names = (): string[] => store.getState().runs.retained.map(({ name }) => name);
  return { fake, store, train, names, ...store.actions };
};

const full = new ResiduaError('storage-full', 'The storage is full.', 'Delete other runs.');

/** A library with room for this number of runs. */
const smallLibrary = (room: number): RunLibrary => {
  const library = createMemoryLibrary();
  const ids = new Set<string>();
  return {
    ...library,
    add: async (run, files) => {
      if (!ids.has(run.id) && ids.size >= room) throw full;
      ids.add(run.id);
      await library.add(run, files);
    },
    remove: async (id) => {
      ids.delete(id);
      await library.remove(id);
    },
  };
};

describe('a run that is finished', () => {
  it('is retained with settings, history and the time of training, and its weights count as saved', async () => {
    const { store, train } = await started();
    const id = await train(3);
    const [kept] = store.getState().runs.retained;
    expect(kept).toMatchObject({
      id,
      name: 'WFDL 1',
      note: '',
      categoryName: 'sample',
      config: presets.quickLook,
      device: expect.stringContaining('WebGPU'),
      trainMs: expect.any(Number),
    });
    expect(kept.history.steps).toHaveLength(3);
    expect(kept.history.evaluations.at(-1)?.step).toBe(3);
    expect(store.getState().run.savedStep).toBe(3);
  });

  it('is not lost to a next run while it is being retained, but is if that fails', async () => {
    const { fake, store, run } = await started();
    let end = (_outcome: 'saved' | 'failed'): void => undefined;
    const retainLast = async (): Promise<void> => {
      const answer = new Promise<ExportedRun>((resolve, reject) => {
        end = (outcome) => (outcome === 'saved' ? resolve(exported) : reject(full));
      });
      fake.answer('exportRun', () => answer);
      await run.start();
      fake.emit('steps', [{ step: 1, epoch: 1, loss: 1 }]);
      fake.status({ phase: 'finished', step: 1 });
    };
    const loses = () => losesWeights(store.getState());
    for (const outcome of ['saved', 'failed'] as const) {
      await retainLast();
      expect(loses()).toBe(false);
      expect(isLostOnClose(store.getState())).toBe(true);
      end(outcome);
      await expect.poll(() => store.getState().run.savingStep).toBe(0);
      expect(loses()).toBe(outcome === 'failed');
      expect(isLostOnClose(store.getState())).toBe(outcome === 'failed');
    }
  });

  it('gets the next number of its loss', async () => {
    const { train, run, runs, names } = await started();
    await train();
    const second = await train();
    run.setConfig({ loss: 'l2' });
    await train();
    expect(names()).toEqual(['WFDL 1', 'WFDL 2', 'L2 1']);
    await runs.rename(second, 'WFDL 9');
    run.setConfig({ loss: 'wfdl' });
    await train();
    expect(names().at(-1)).toBe('WFDL 10');
  });

  it('is asked for its weights before another run can replace it', async () => {
    const { fake, run } = await started();
    await run.start();
    fake.status({ phase: 'finished', step: 1 });
    await run.start();
    expect(fake.requests.indexOf('exportRun')).toBeLessThan(fake.requests.lastIndexOf('configure'));
  });

  it('reports why its weights cannot be read', async () => {
    const { fake, store, run } = await started();
    const lost = new ResiduaError('device-lost', 'The device was lost.', 'Reload the page.');
    fake.answer('exportRun', () => Promise.reject(lost));
    await run.start();
    fake.status({ phase: 'finished', step: 1 });
    await expect.poll(() => store.getState().runs.error).toEqual(lost.toPlain());
    expect(store.getState().runs.retained).toEqual([]);
  });
});

describe('keeping by hand', () => {
  it('keeps a paused run, and the same run once more when it is finished', async () => {
    const { fake, store, run, runs } = await started();
    await run.start();
    expect(await runs.retain()).toBeUndefined();
    fake.emit('steps', [{ step: 1, epoch: 1, loss: 3 }]);
    fake.status({ phase: 'paused', step: 1 });
    const id = await runs.retain();
    await runs.annotate(id!, 'promising');
    fake.emit('steps', [{ step: 2, epoch: 1, loss: 2 }]);
    fake.status({ phase: 'finished', step: 2 });
    await expect.poll(() => store.getState().run.savedStep).toBe(2);
    const { retained } = store.getState().runs;
    expect(retained).toHaveLength(1);
    expect(retained[0]).toMatchObject({ id, note: 'promising' });
    expect(retained[0].history.steps).toHaveLength(2);
  });

  it('keeps an imported run only when asked, under the category that it was trained on', async () => {
    const { fake, store, imports, runs } = await started();
    const whileImporting = imports.run(exported);
    fake.status({ phase: 'finished', step: 4 });
    await whileImporting;
    expect(store.getState().runs.retained).toEqual([]);
    fake.status({ phase: 'finished', step: 4 });
    await runs.retain();
    expect(store.getState().runs.retained).toMatchObject([
      { categoryName: 'bolt', trainMs: undefined, device: undefined },
    ]);
  });
});

describe('a retained run', () => {
  it('keeps its name if the new one is empty', async () => {
    const { train, runs, names } = await started();
    await runs.rename(await train(), '   ');
    expect(names()).toEqual(['WFDL 1']);
  });

  it('comes back in its place with its weights after it was removed', async () => {
    const { store, train, runs, names } = await started();
    const id = await train();
    await train();
    runs.choose(id, true);
    await runs.remove(id);
    expect(names()).toEqual(['WFDL 2']);
    expect(store.getState().runs.chosen).toEqual([]);
    await expect(runs.files(id)).rejects.toMatchObject({ code: 'unknown-run' });
    await runs.undoRemove();
    expect(names()).toEqual(['WFDL 1', 'WFDL 2']);
    expect(await runs.files(id)).toEqual(exported);
    expect(store.getState().runs.removed).toEqual([]);
  });

  it('is restored even if its removal is still under way', async () => {
    const { train, runs, names } = await started();
    const id = await train();
    const removing = runs.remove(id);
    await runs.undoRemove();
    await removing;
    expect(names()).toEqual(['WFDL 1']);
    expect(await runs.files(id)).toEqual(exported);
  });

  it('leaves the present weights unsafe once it is removed, and safe again when it is back', async () => {
    const { store, train, runs } = await started();
    const id = await train(2);
    await runs.remove(id);
    expect(store.getState().run.savedStep).toBe(0);
    await runs.undoRemove();
    expect(store.getState().run.savedStep).toBe(2);
  });

  it('is chosen for comparison, and so are a few others, but not more', async () => {
    const { store, train, runs } = await started();
    const ids: string[] = [];
    for (let i = 0; i <= mostChosen; i++) ids.push(await train());
    for (const id of ids) runs.choose(id, true);
    expect(store.getState().runs.chosen).toEqual(ids.slice(0, mostChosen));
    runs.choose(ids[0], false);
    runs.choose('unknown', true);
    expect(store.getState().runs.chosen).toEqual(ids.slice(1, mostChosen));
  });

  it('becomes the present run again, and is still itself', async () => {
    const { fake, store, train, runs } = await started();
    const id = await train();
    const trainMs = store.getState().runs.retained[0].trainMs;
    await train();
    await runs.restore(id);
    expect(store.getState().runs.presentId).toBe(id);
    expect(store.getState().run.importedFrom).toBe('bolt');
    fake.status({ phase: 'finished', step: 4 });
    await runs.retain();
    expect(store.getState().runs.retained).toHaveLength(2);
    expect(store.getState().runs.retained[0]).toMatchObject({ id, trainMs });
  });

  it('leaves the present run if restoring fails', async () => {
    const { fake, store, train, runs } = await started();
    const first = await train();
    const second = await train();
    fake.answer('importRun', () => Promise.reject(new ResiduaError('import-invalid', 'Cut off.', 'Again.')));
    await runs.restore(first);
    expect(store.getState().runs.presentId).toBe(second);
    expect(store.getState().run.error?.code).toBe('import-invalid');
  });

  it('leaves the present run if restoring is canceled', async () => {
    const { fake, store, train, run, runs } = await started();
    const first = await train();
    const second = await train();
    const before = store.getState();
    fake.answer('importRun', () => new Promise(() => undefined));
    const restored = runs.restore(first);
    await expect.poll(() => fake.requests.at(-1)).toBe('importRun');
    run.cancel();
    await restored;
    expect(store.getState().run).toEqual(before.run);
    expect(store.getState().runs.presentId).toBe(second);
    expect(store.getState().runs.error).toBeUndefined();
  });
});

describe('an image through a retained run', () => {
  it('sends the weights once, and again after the run is retained again', async () => {
    const { fake, train, runs } = await started();
    const id = await train();
    const held = new Set<string>();
    const sent: string[] = [];
    fake.answer('viewWith', ({ key, files, index }) => {
      if (files) {
        held.add(key);
        sent.push(key);
      }
      return held.has(key) ? fakeView(index) : undefined;
    });
    expect((await runs.view(id, 5)).index).toBe(5);
    expect((await runs.view(id, 6)).index).toBe(6);
    expect(sent).toHaveLength(1);
    await runs.retain();
    await runs.view(id, 5);
    expect(new Set(sent).size).toBe(2);
  });

  it('is refused with the name of the run if the images have another side', async () => {
    const { train, runs, run, dataset } = await started();
    const id = await train();
    run.setConfig({ side: 64 });
    await run.start();
    await dataset.matchFraming();
    await expect(runs.view(id, 5)).rejects.toThrow(/at side 64, but the run WFDL 1 has side 32/);
  });
});

describe('the spectra of the test set by a retained run', () => {
  it('are computed once for each of its evaluations', async () => {
    const { fake, train, runs } = await started();
    const id = await train();
    const computed: number[] = [];
    fake.baselines.testSpectra = async ({ pixels }) => {
      computed.push(pixels[0]!);
      const power = Float32Array.of(pixels[0]!);
      return { good: { images: 1, power, inputPower: power }, anomalous: undefined };
    };
    fake.answer('reconstructionsWith', ({ files, epoch = 40, knownSteps }) => {
      if (!files && knownSteps.length === 0) return undefined;
      const step = epoch < 25 ? 20 : 40;
      const held = knownSteps.includes(step) ? undefined : { indices: [4], pixels: Uint16Array.of(step) };
      return { epoch: step, step, held };
    });
    const at = async (epoch: number | undefined) => {
      const { step, spectra } = await runs.spectra(id, epoch);
      return [step, spectra.good?.power[0]];
    };
    expect([await at(21), await at(24), await at(undefined), await at(3)]).toEqual([
      [20, 20],
      [20, 20],
      [40, 40],
      [20, 20],
    ]);
    expect(computed).toEqual([20, 40]);
  });
});

describe('a full storage', () => {
  it('is told, and the run stays with its weights until the page is closed', async () => {
    const { store, train, runs } = await started(smallLibrary(1));
    await train();
    const id = await train();
    expect(store.getState().runs.error).toEqual(full.toPlain());
    expect(store.getState().runs.unsaved).toEqual([id]);
    expect(await runs.files(id)).toEqual(exported);
  });

  it('stores a refused run once there is space', async () => {
    const { store, train, runs } = await started(smallLibrary(1));
    const first = await train();
    await train();
    await runs.remove(first);
    expect(store.getState().runs.unsaved).toEqual([]);
    expect(store.getState().runs.retained).toHaveLength(1);
  });
});

describe('past epochs of a retained run', () => {
  const past = () => new ArrayBuffer(100);
  const withPast = async (library?: RunLibrary) => {
    const all = await started(library);
    const wanted: boolean[] = [];
    all.fake.answer('exportRun', (request) => {
      wanted.push(request.past);
      return { ...exported, past: request.past ? past() : undefined };
    });
    return { ...all, wanted };
  };

  it('are retained, shown with their size, and imported when the run is opened again', async () => {
    const { fake, store, train, runs } = await withPast();
    const id = await train();
    expect(store.getState().runs.retained[0].bytes).toEqual({ model: fakeModelJson.length + 8, past: 100 });
    expect((await runs.past(id))?.byteLength).toBe(100);
    expect(await runs.files(id)).not.toHaveProperty('past');
    const opened: (number | undefined)[] = [];
    fake.answer('openRun', (files) => {
      opened.push('bytes' in files ? undefined : files.past?.byteLength);
      return { side: 32, fit: 'squeeze' };
    });
    await runs.restore(id);
    expect(opened).toEqual([100]);
    expect((await runs.exportRun(id))?.past?.byteLength).toBe(100);
  });

  it('are left out of coming runs on request', async () => {
    const { store, train, runs, wanted } = await withPast();
    runs.setKeepsPast(false);
    const id = await train();
    expect(wanted).toEqual([false]);
    expect(store.getState().runs.retained[0].bytes?.past).toBe(0);
    expect(await runs.past(id)).toBeUndefined();
    runs.setKeepsPast(true);
    await train();
    expect(wanted).toEqual([false, true]);
  });

  it('can be removed, and the run stays', async () => {
    const { store, train, runs } = await withPast();
    const id = await train();
    await runs.removePast(id);
    expect(store.getState().runs.retained[0].bytes).toEqual({ model: fakeModelJson.length + 8, past: 0 });
    expect(await runs.past(id)).toBeUndefined();
    expect(await runs.files(id)).toEqual(exported);
  });

  it('come back when the deletion of the run is undone', async () => {
    const { train, runs } = await withPast();
    const id = await train();
    await runs.remove(id);
    expect(await runs.past(id).catch(({ code }) => code)).toBe('unknown-run');
    await runs.undoRemove();
    expect((await runs.past(id))?.byteLength).toBe(100);
  });

  it('are left out if only the weights fit, and the page says so', async () => {
    const library = createMemoryLibrary();
    const { store, train, runs } = await withPast({
      ...library,
      add: async (run, files) => {
        if (files.past) throw full;
        await library.add(run, files);
      },
    });
    const id = await train();
    await expect
      .poll(() => store.getState().runs.error?.problem)
      .toBe("The browser's storage is full: the run WFDL 1 is kept without its past epochs.");
    expect(store.getState().runs.unsaved).toEqual([]);
    expect(store.getState().runs.retained[0].bytes?.past).toBe(0);
    expect(await runs.past(id)).toBeUndefined();
    expect(await runs.files(id)).toEqual(exported);
  });

  it('that do not belong to the images are reported, and the run is imported', async () => {
    const { fake, store, train, runs } = await withPast();
    const id = await train();
    const problem = 'Its past epochs are left out: they belong to another run.';
    fake.answer('importRun', () => ({ ...fakeImported(presets.quickLook), pastLeftOut: problem }));
    await runs.restore(id);
    expect(store.getState().runs).toMatchObject({ error: { problem }, presentId: id });
    expect(store.getState().run.error).toBeUndefined();
  });
});
