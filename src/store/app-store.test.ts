import { describe, expect, it } from 'vitest';
import { ResiduaError } from '#core/errors.ts';
import { createFakeClients, fakeEvaluation } from './testing/fake-clients.ts';
import { startedStore } from './testing/started-store.ts';

describe('start-up', () => {
  it('starts the device, loads the sample and shows its first anomalous test image', async () => {
    const { store } = await startedStore();
    const { dataset, run, view } = store.getState();
    expect(run.device.phase).toBe('ready');
    expect(dataset.loaded?.category.name).toBe('sample');
    expect(view.selected).toBe(6);
    expect(view.sample?.index).toBe(6);
  });

  it('keeps the images when there is no WebGPU, and says so on start', async () => {
    const noGpu = new ResiduaError('no-webgpu', 'No WebGPU.', 'Use another browser.');
    const { store, run } = await startedStore(createFakeClients({ openDevice: () => Promise.reject(noGpu) }));
    expect(store.getState().dataset.loaded?.category.name).toBe('sample');
    await run.start();
    expect(store.getState().run.error).toEqual(noGpu.toPlain());
  });
});

describe('walking the gallery', () => {
  it('follows the scores, and stays at the end', async () => {
    const { fake, store, view } = await startedStore();
    fake.emit('evaluation', fakeEvaluation(1, [1, 2, 3, 5, 4]));
    expect(store.getState().view.selected).toBe(6);
    await view.walk(-1);
    expect(store.getState().view.selected).toBe(8);
    await view.walk(-2);
    expect(store.getState().view.selected).toBe(7);
  });
});
