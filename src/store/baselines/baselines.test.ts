import { describe, expect, it } from 'vitest';
import type { RunConfig } from '#core/config.ts';
import { cancelled, ResiduaError } from '#core/errors.ts';
import type { ShownPlace } from '#core/tiles.ts';
import type { RequestCall } from '#worker/rpc.ts';
import { createFakeClients, fakeEvaluation, fakeReferences, fakeView } from '../testing/fake-clients.ts';
import { startedStore } from '../testing/started-store.ts';
import { differenceToVariationModel, presentDifference } from './baseline-difference.ts';
import { createShownSample } from './shown-sample.ts';
import { presentReferences } from './state.ts';

/** Lets all code that awaits a settled promise continue. */
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

/** Records the requests to the worker. */
const noting = (fake = createFakeClients()) => {
  const asked: string[] = [];
  const { statistics, references, view } = fake.baselines;
  Object.assign(fake.baselines, {
    statistics: (config: RunConfig, call?: RequestCall) => {
      asked.push('statistics');
      return statistics(config, call);
    },
    references: (config: RunConfig, call?: RequestCall) => {
      asked.push(`references by ${config.score}`);
      return references(config, call);
    },
    view: (place: ShownPlace, config: RunConfig, call?: RequestCall) => {
      asked.push(`view of ${place.index}`);
      return view(place, config, call);
    },
  });
  return { fake, asked };
};

/** A request that ends when it is aborted, and otherwise when the test says so. */
const slowReferences = (fake: ReturnType<typeof createFakeClients>) => {
  const ends: (() => void)[] = [];
  fake.baselines.references = (config, call) =>
    new Promise((resolve, reject) => {
      call?.signal?.addEventListener('abort', () => reject(cancelled()));
      ends.push(() => resolve(fakeReferences(config)));
    });
  return ends;
};

describe('the baselines of loaded images', () => {
  it('are computed as soon as the images are there, before any training: statistics, then references', async () => {
    const { fake, asked } = noting();
    const { store } = await startedStore(fake);
    await settled();
    expect(asked).toEqual(['statistics', 'references by top-share']);
    const { baselines, run } = store.getState();
    expect(baselines.statistics).toHaveLength(4);
    expect(presentReferences(baselines, run)).toMatchObject({ defined: true });
    expect(baselines.underWay).toBeUndefined();
  });

  it('are given the images before they are asked about them', async () => {
    const order: string[] = [];
    const fake = createFakeClients();
    const { statistics } = fake.baselines;
    fake.baselines.load = async ({ name }) => void order.push(`images of ${name}`);
    fake.baselines.statistics = async (config) => {
      order.push('statistics');
      return statistics(config);
    };
    const { dataset } = await startedStore(fake);
    await settled();
    await dataset.loadFiles([]);
    await settled();
    expect(order).toEqual(['images of sample', 'statistics', 'images of bolt', 'statistics']);
  });

  it('follow the score at once, without the statistics, and training settings not at all', async () => {
    const { fake, asked } = noting();
    const { store, run } = await startedStore(fake);
    await settled();
    asked.length = 0;
    run.setConfig({ score: 'sum' });
    expect(presentReferences(store.getState().baselines, store.getState().run)).toBeUndefined();
    await settled();
    run.setConfig({ learningRate: 0.01 });
    await settled();
    expect(asked).toEqual(['references by sum']);
    expect(presentReferences(store.getState().baselines, store.getState().run)).toMatchObject({
      meanImage: { settings: { score: 'sum' } },
    });
  });

  it('use other good images if another share is held out', async () => {
    const { fake, asked } = noting();
    const { run } = await startedStore(fake);
    await settled();
    asked.length = 0;
    run.setConfig({ holdOutPercent: 30 });
    await settled();
    expect(asked).toEqual(['statistics', 'references by top-share']);
  });

  it('answer for the last of several settings only', async () => {
    const fake = createFakeClients();
    const ends = slowReferences(fake);
    const { store, run } = await startedStore(fake);
    await settled();
    run.setConfig({ score: 'sum' });
    await settled();
    run.setConfig({ score: 'mean' });
    await settled();
    for (const end of ends) end();
    await settled();
    expect(store.getState().baselines.references?.settings.score).toBe('mean');
    expect(store.getState().baselines.error).toBeUndefined();
  });

  it('stop when they are canceled, report it, and are computed on the next request', async () => {
    const fake = createFakeClients();
    const ends = slowReferences(fake);
    const { store, baselines } = await startedStore(fake);
    await settled();
    expect(store.getState().baselines.underWay).toEqual({ progress: undefined });
    baselines.cancel();
    await settled();
    expect(store.getState().baselines).toMatchObject({ underWay: undefined, stopped: true });
    expect(store.getState().baselines.statistics).toHaveLength(4);
    const again = baselines.compute();
    await settled();
    for (const end of ends) end();
    await again;
    expect(store.getState().baselines).toMatchObject({ stopped: false, references: { evaluations: {} } });
  });

  it('report an error, and keep the statistics', async () => {
    const fake = createFakeClients();
    fake.baselines.references = async () => {
      throw new ResiduaError('config-invalid', 'No frequency is left.', 'Widen the band.');
    };
    const { store } = await startedStore(fake);
    await settled();
    const { error, statistics, underWay } = store.getState().baselines;
    expect(error?.problem).toBe('No frequency is left.');
    expect(statistics).toHaveLength(4);
    expect(underWay).toBeUndefined();
  });

  it('go with the images', async () => {
    const fake = createFakeClients();
    const { store, dataset } = await startedStore(fake);
    await settled();
    slowReferences(fake);
    await dataset.loadFiles([]);
    expect(store.getState().baselines.references).toBeUndefined();
  });
});

describe('the mean good image in the bench', () => {
  it('is asked for while it is chosen, for each image and for each change of the score', async () => {
    const { fake, asked } = noting();
    const { view, run, store } = await startedStore(fake);
    await settled();
    asked.length = 0;
    await view.select(5);
    view.set({ reconstructionSource: 'mean-image' });
    await settled();
    expect(store.getState().view.meanSample?.index).toBe(5);
    await view.select(6);
    run.setConfig({ score: 'sum' });
    await settled();
    view.set({ reconstructionSource: 'model' });
    await view.select(7);
    await settled();
    expect(asked.filter((request) => request.startsWith('view'))).toEqual([
      'view of 5',
      'view of 6',
      'view of 6',
    ]);
  });

  it('replaces the reconstruction, which is empty until it is computed', () => {
    const shown = createShownSample();
    const sample = { ...fakeView(3), output: {} as never };
    const state = (change: object) =>
      ({
        view: { sample, meanSample: undefined, selected: 3, reconstructionSource: 'mean-image', ...change },
      }) as never;
    expect(shown(state({ reconstructionSource: 'model' }))).toBe(sample);
    const bare = shown(state({}));
    expect(bare).toEqual({ ...sample, output: undefined });
    expect(shown(state({}))).toBe(bare);
    const meanSample = fakeView(3);
    expect(shown(state({ meanSample }))).toBe(meanSample);
    expect(shown(state({ meanSample: fakeView(2) }))).toBe(bare);
  });
});

describe('the difference of an evaluation to the variation model', () => {
  const anomalous = [false, false, true, true, true];

  it('is that of the AUROCs, of an evaluation by the same score', async () => {
    const fake = createFakeClients();
    fake.baselines.references = async (config) => fakeReferences(config, [3, 4, 1, 2, 5]);
    const { store, run } = await startedStore(fake);
    run.setConfig({ score: 'top-share' });
    await settled();
    const state = store.getState();
    const evaluation = { ...fakeEvaluation(1, [1, 2, 3, 4, 5]), ...state.baselines.references?.settings };
    // The variation model ranks two of the six pairs correctly.
    expect(presentDifference(state, evaluation)).toMatchObject({ defined: true, value: 1 - 1 / 3 });
    expect(presentDifference(state, { ...evaluation, score: 'sum' })).toBeUndefined();
    expect(presentDifference(state, undefined)).toBeUndefined();
  });

  it('is computed once for the same scores', () => {
    const config = { ...fakeEvaluation(1, []) };
    const { settings, evaluations } = {
      settings: config,
      evaluations: fakeReferences({ ...config } as unknown as RunConfig),
    };
    const evaluation = fakeEvaluation(1, [1, 2, 3, 4, 5]);
    const references = { key: '', settings, evaluations };
    const first = differenceToVariationModel(evaluation, references, anomalous);
    expect(first).toMatchObject({ defined: true, value: 0 });
    expect(differenceToVariationModel(evaluation, references, anomalous)).toBe(first);
  });

  it('says why there is none without good training images', () => {
    const evaluation = fakeEvaluation(1, [1, 2, 3, 4, 5]);
    const references = {
      key: '',
      settings: evaluation,
      evaluations: { defined: false, reason: 'There are no good training images.' },
    } as const;
    expect(differenceToVariationModel(evaluation, references, anomalous)).toEqual(references.evaluations);
  });
});
