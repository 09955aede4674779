import { describe, expect, it } from 'vitest';
import { ResiduaError } from '#core/errors.ts';
import type { MeanSpectrum } from '#worker/protocol.ts';
import { createAppStore } from '../app-store.ts';
import { createFakeClients } from '../testing/fake-clients.ts';

const spectrum: MeanSpectrum = { side: 2, magnitude: Float32Array.of(4, 1, 1, 1) };

const start = async () => {
  const fake = createFakeClients({ meanSpectrum: () => spectrum });
  const store = createAppStore(fake.clients);
  await store.actions.startUp();
  const asked = (): number => fake.requests.filter((name) => name === 'meanSpectrum').length;
  return { fake, store, asked, state: () => store.getState().dataset.meanSpectrum };
};

describe('the mean spectrum', () => {
  it('is not computed before something needs it, and then once', async () => {
    const { store, asked, state } = await start();
    expect(asked()).toBe(0);
    await Promise.all([store.actions.dataset.needMeanSpectrum(), store.actions.dataset.needMeanSpectrum()]);
    await store.actions.dataset.needMeanSpectrum();
    expect(state()).toEqual({ phase: 'ready', spectrum });
    expect(asked()).toBe(1);
  });

  it('goes with the images that it belongs to', async () => {
    const { store, state } = await start();
    await store.actions.dataset.needMeanSpectrum();
    await store.actions.dataset.loadSample();
    expect(state()).toEqual({ phase: 'unknown' });
  });

  it('is dropped if other images are held out', async () => {
    const { store, asked, state } = await start();
    await store.actions.dataset.needMeanSpectrum();
    store.actions.run.setConfig({ holdOutPercent: 20 });
    expect(state()).toEqual({ phase: 'unknown' });
    await store.actions.dataset.needMeanSpectrum();
    expect(asked()).toBe(2);
    store.actions.run.setConfig({ learningRate: 0.002 });
    expect(state()).toEqual({ phase: 'ready', spectrum });
  });

  it('drops an answer for images that are gone', async () => {
    const { fake, store, state } = await start();
    let answer = (_: MeanSpectrum): void => undefined;
    fake.answer(
      'meanSpectrum',
      () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
    );
    const late = store.actions.dataset.needMeanSpectrum();
    await store.actions.dataset.loadSample();
    answer(spectrum);
    await late;
    expect(state()).toEqual({ phase: 'unknown' });
  });

  it('says why there is none, and may be asked again', async () => {
    const { fake, store, state } = await start();
    fake.answer('meanSpectrum', () => {
      throw new ResiduaError('no-training-images', 'There are no training images.', 'Open others.');
    });
    await store.actions.dataset.needMeanSpectrum();
    expect(state()).toMatchObject({ phase: 'failed', error: { code: 'no-training-images' } });
    fake.answer('meanSpectrum', () => spectrum);
    await store.actions.dataset.needMeanSpectrum();
    expect(state()).toEqual({ phase: 'ready', spectrum });
  });

  it('reports its progress, and is canceled until the next request', async () => {
    const { fake, store, asked, state } = await start();
    const progress = { share: 0.5, remainingMs: 500 };
    fake.answer('meanSpectrum', (_, call) => {
      call?.onProgress?.(progress);
      return new Promise(() => undefined);
    });
    const computed = store.actions.dataset.needMeanSpectrum();
    expect(state()).toEqual({ phase: 'asked', progress });
    store.actions.dataset.cancelMeanSpectrum();
    await computed;
    expect(state()).toEqual({ phase: 'stopped' });
    fake.answer('meanSpectrum', () => spectrum);
    await store.actions.dataset.needMeanSpectrum();
    expect(state()).toEqual({ phase: 'ready', spectrum });
    expect(asked()).toBe(2);
  });

  it('asks nothing before images are loaded', async () => {
    const fake = createFakeClients();
    const store = createAppStore(fake.clients);
    await store.actions.dataset.needMeanSpectrum();
    expect(fake.requests).toEqual([]);
  });
});
