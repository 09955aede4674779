import { decode } from 'tiff';
import { describe, expect, it, vi } from 'vitest';
import type { MapSize } from '#core/anomaly-maps/map-files.ts';
import { unzipParts } from '#core/bundle/zip-parts.ts';
import { ResiduaError } from '#core/errors.ts';
import type { BundleRequest } from '#worker/protocol.ts';
import { createFakeClients, fakeEvaluation } from '../testing/fake-clients.ts';
import { startedStore } from '../testing/started-store.ts';

/** A store with a finished run, and the requests for its bundle. */
const finished = async () => {
  const requests: BundleRequest[] = [];
  const fake = createFakeClients({
    exportBundle: (request) => {
      requests.push(request);
      return [{ name: request.zipName ?? 'model.json', bytes: Uint8Array.of(1) }];
    },
  });
  const started = await startedStore(fake);
  await started.run.start();
  fake.emit('evaluation', fakeEvaluation(1, [1, 2, 3, 4, 5]));
  started.store.actions.decision.setPolicy({ kind: 'manual', threshold: 2.5 });
  fake.status({ phase: 'finished', step: 1, epoch: 1 });
  return { ...started, fake, requests, bundle: started.store.actions.bundle };
};

describe('the bundle', () => {
  it('is one .zip of the given name, with the texts of the evaluation', async () => {
    const { bundle, requests, store } = await finished();
    expect(await bundle.zip({ withImages: false, name: 'bolt' })).toMatchObject({ name: 'bolt.zip' });
    const [request] = requests;
    expect(request).toMatchObject({ threshold: { threshold: 2.5, policy: 'manual' }, examples: [] });
    expect(request?.texts.get('scores.csv')).toContain('test/bend/0.png,1,bend,5');
    expect(JSON.parse(request?.texts.get('metrics.json') ?? '')).toMatchObject({ imageAuroc: 1 });
    const [listed] = JSON.parse(request?.texts.get('mapping.json') ?? '').categories;
    expect(listed.images).toHaveLength(9);
    expect(listed.images[8]).toEqual({
      ...{ path: 'test/bend/0.png', split: 'test', defectType: 'bend', anomalous: true },
    });
    expect(request?.texts.get('residua_torch.py')).toBe('import torch');
    expect(store.getState().run).toMatchObject({ savedStep: 1, task: undefined, error: undefined });
  });

  it('holds test images only if the user allows them', async () => {
    const { bundle, requests } = await finished();
    await bundle.parts({ withImages: true });
    expect(requests[0]?.zipName).toBeUndefined();
    expect(requests[0]?.examples.map(({ index }) => index)).toEqual([4, 5, 6, 7, 8]);
  });

  it('waits for the metrics of the evaluation', async () => {
    const { bundle, fake, requests } = await finished();
    let answer: (() => void) | undefined;
    const before = fake.pixelMetrics;
    fake.pixelMetrics = async (...given) => {
      await new Promise<void>((resolve) => {
        answer = resolve;
      });
      return before(...given);
    };
    fake.emit('evaluation', fakeEvaluation(2, [1, 2, 3, 4, 5]));
    const zip = bundle.zip({ withImages: false, name: 'bolt' });
    await vi.waitFor(() => expect(answer).toBeDefined());
    expect(requests).toEqual([]);
    answer?.();
    expect(await zip).toBeDefined();
  });

  it('is refused while the run trains', async () => {
    const { bundle, fake, requests, store } = await finished();
    fake.status({ phase: 'running', step: 2 });
    expect(await bundle.zip({ withImages: false, name: 'bolt' })).toBeUndefined();
    expect(store.getState().run.error?.problem).toContain('The run is training');
    expect(requests).toEqual([]);
  });
});

describe('the anomaly maps', () => {
  it('are TIFF files of the test images at the chosen size, in one .zip', async () => {
    const { bundle, fake, store } = await finished();
    const path = 'test/bend/0.png';
    const map = Float32Array.of(1, 2, 3, 4);
    const image = { path, defectType: 'bend', anomalous: true, map, mask: undefined };
    fake.answer('scoredMaps', () => ({ side: 2, images: [image] }));
    const filesOf = async (size: MapSize) => {
      const archive = await bundle.mapArchive(size);
      return unzipParts(new Uint8Array(await archive!.arrayBuffer()), 'maps.zip');
    };
    const sample = store.getState().dataset.loaded!.samples.find((candidate) => candidate.path === path)!;
    const name = 'anomaly_maps/sample/test/bend/0.tiff';
    const original = await filesOf('original');
    expect([...original.keys()]).toEqual([name]);
    expect(decode(original.get(name)!)[0]).toMatchObject({ width: sample.width, height: sample.height });
    expect(Array.from(decode((await filesOf('model')).get(name)!)[0]!.data)).toEqual([1, 2, 3, 4]);
    expect(await bundle.maps()).toMatchObject({ category: 'sample', side: 2, images: [{ path, map }] });
  });

  it('are refused with the message of the worker', async () => {
    const { bundle, fake, store } = await finished();
    fake.answer('scoredMaps', () => {
      throw new ResiduaError('no-run', 'Nothing is evaluated.', 'Train.');
    });
    expect(await bundle.mapArchive('model')).toBeUndefined();
    expect(store.getState().run.error?.problem).toBe('Nothing is evaluated.');
  });
});
