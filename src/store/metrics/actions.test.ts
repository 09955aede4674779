import { describe, expect, it, vi } from 'vitest';
import type { PixelMetrics } from '#core/metrics/pixel-metrics.ts';
import type { RequestCall } from '#worker/rpc.ts';
import { createAppStore } from '../app-store.ts';
import { createFakeClients, fakeEvaluation, fakeView } from '../testing/fake-clients.ts';

/** One score per test image of the fake category: two good images, then three anomalous ones. */
const scores = [1, 2, 3, 4, 5];
const undefinedMetric = { defined: false, reason: 'no masks' } as const;
const somePixelMetrics: PixelMetrics = {
  overall: {
    pixelAuroc: { defined: true, value: 0.75 },
    auPro: undefinedMetric,
    images: 3,
    imagesWithoutMask: 0,
    regions: 1,
  },
  perDefectType: [],
};

const evaluated = async () => {
  const fake = createFakeClients();
  const store = createAppStore(fake.clients);
  await store.actions.startUp();
  return { fake, store, metrics: () => store.getState().metrics };
};

describe('the metrics of the latest evaluation', () => {
  it('of images and pixels are computed automatically without training', async () => {
    const { fake, metrics } = await evaluated();
    fake.pixelMetrics = async () => somePixelMetrics;
    fake.emit('evaluation', fakeEvaluation(1, scores));
    await vi.waitFor(() => expect(metrics().pixel.phase).toBe('ready'));
    await vi.waitFor(() => expect(metrics().image).toBeDefined());
    expect(metrics().evaluation?.epoch).toBe(1);
    expect(metrics().pixel).toMatchObject({ metrics: somePixelMetrics });
  });

  it('of pixels wait for the end of training, unless they are asked for', async () => {
    const { fake, store, metrics } = await evaluated();
    fake.pixelMetrics = async () => somePixelMetrics;
    fake.status({ phase: 'running' });
    fake.emit('evaluation', fakeEvaluation(1, scores));
    await vi.waitFor(() => expect(metrics().image).toBeDefined());
    expect(metrics().pixel.phase).toBe('none');
    await store.actions.metrics.computePixel();
    expect(metrics().pixel.phase).toBe('ready');
    fake.emit('evaluation', fakeEvaluation(2, scores));
    expect(metrics().pixel.phase).toBe('none');
    fake.status({ phase: 'finished' });
    await vi.waitFor(() => expect(metrics().pixel.phase).toBe('ready'));
  });

  it('of pixels are canceled by the next evaluation or by the user', async () => {
    const { fake, store, metrics } = await evaluated();
    const progress = { share: 0.5, remainingMs: 2000 };
    const signals: (AbortSignal | undefined)[] = [];
    fake.pixelMetrics = (_, call) => {
      signals.push(call?.signal);
      call?.onProgress?.(progress);
      return new Promise(() => undefined);
    };
    fake.emit('evaluation', fakeEvaluation(1, scores));
    await vi.waitFor(() =>
      expect(metrics().pixel).toEqual({ phase: 'computing', stage: 'pixels', progress }),
    );
    fake.emit('evaluation', fakeEvaluation(2, scores));
    await vi.waitFor(() => expect(signals).toHaveLength(2));
    expect(signals[0]?.aborted).toBe(true);
    store.actions.metrics.cancelPixel();
    expect(signals[1]?.aborted).toBe(true);
    expect(metrics().pixel.phase).toBe('none');
  });

  it('include the curve over low cut-offs, which stays with a retained run', async () => {
    const { fake, store, metrics } = await evaluated();
    fake.pixelMetrics = async () => somePixelMetrics;
    await store.actions.run.start();
    fake.emit('steps', [{ step: 1, epoch: 1, loss: 1 }]);
    fake.emit('evaluation', fakeEvaluation(1, scores));
    fake.status({ phase: 'finished', step: 1 });
    await vi.waitFor(() => expect(metrics().lowCut?.points[0]?.bandLow).toBe(0));
    await vi.waitFor(() => expect(Object.keys(metrics().lowCutOfRuns)).toHaveLength(1));
    const [id] = Object.keys(metrics().lowCutOfRuns);
    expect(id).toBe(store.getState().runs.presentId);
    const points = metrics().lowCut?.points;
    await store.actions.run.start();
    expect(metrics().lowCut).toBeUndefined();
    expect(metrics().lowCutOfRuns[id!]?.points).toEqual(points);
  });

  it('include a curve that the user, work on the run and the next evaluation cancel', async () => {
    const { fake, store, metrics } = await evaluated();
    fake.pixelMetrics = async () => somePixelMetrics;
    const calls: (RequestCall | undefined)[] = [];
    fake.answer('lowCutCurve', (_, call) => {
      calls.push(call);
      return new Promise(() => undefined);
    });
    fake.emit('evaluation', fakeEvaluation(1, scores));
    const progress = { share: 0.25, remainingMs: 90_000 };
    await vi.waitFor(() => expect(calls).toHaveLength(1));
    calls[0]?.onProgress?.(progress);
    expect(metrics().lowCutUnderWay).toEqual({ progress });
    store.actions.metrics.cancelLowCut();
    expect(metrics().lowCutUnderWay).toBeUndefined();
    void store.actions.metrics.computeLowCut();
    await vi.waitFor(() => expect(calls).toHaveLength(2));
    fake.status({ phase: 'running' });
    expect(metrics().lowCutUnderWay).toBeUndefined();
    fake.status({ phase: 'paused' });
    await vi.waitFor(() => expect(calls).toHaveLength(3));
    fake.emit('evaluation', fakeEvaluation(2, scores));
    await vi.waitFor(() => expect(calls).toHaveLength(4));
    expect(calls.map((call) => call?.signal?.aborted)).toEqual([true, true, true, false]);
    expect(store.getState().run.error).toBeUndefined();
  });

  it('are those of the epoch as of which the image is shown, until the latest is shown again', async () => {
    const { fake, store, metrics } = await evaluated();
    fake.pixelMetrics = async () => somePixelMetrics;
    fake.answer('viewPast', ({ index }) => fakeView(index));
    const early = fakeEvaluation(1, [...scores].reverse());
    fake.emit('evaluation', early);
    fake.emit('evaluation', fakeEvaluation(2, scores));
    fake.emit(
      'kept',
      [1, 2].map((step) => ({ epoch: step, step })),
    );
    await vi.waitFor(() => expect(metrics().evaluation?.step).toBe(2));
    await store.actions.view.select(8);
    await store.actions.view.scrub(1);
    await vi.waitFor(() => expect(metrics().past?.evaluation).toBe(early));
    expect(metrics().past?.image.overall.auroc).toEqual({ defined: true, value: 0 });
    expect(metrics().evaluation?.step).toBe(2);
    await store.actions.view.scrub(undefined);
    await vi.waitFor(() => expect(metrics().past).toBeUndefined());
  });

  it('of pixels report why they failed, and those of images stay', async () => {
    const { fake, metrics } = await evaluated();
    fake.pixelMetrics = () => Promise.reject(new Error('no memory'));
    fake.emit('evaluation', fakeEvaluation(1, scores));
    await vi.waitFor(() => expect(metrics().pixel.phase).toBe('failed'));
    await vi.waitFor(() => expect(metrics().image).toBeDefined());
  });
});
