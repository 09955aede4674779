import { describe, expect, it, vi } from 'vitest';
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
