import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ResiduaError } from '#core/errors.ts';
import { createFakeClients } from '../testing/fake-clients.ts';
import { startedStore } from '../testing/started-store.ts';

const settledMs = 1000;

const started = async (fake = createFakeClients()) => {
  const { store } = await startedStore(fake);
  await vi.advanceTimersByTimeAsync(settledMs);
  return { fake, store, run: store.actions.run };
};

const asked = ({ requests }: ReturnType<typeof createFakeClients>): number =>
  requests.filter((name) => name === 'estimate').length;

describe('the estimate of the next run', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('is there as soon as device and images are', async () => {
    const { fake, store } = await started();
    expect(store.getState().run.estimate).toMatchObject({ phase: 'ready', estimate: { memoryBytes: 1 } });
    expect(asked(fake)).toBe(1);
  });

  it('is asked for once after a burst of changes', async () => {
    const { fake, store, run } = await started();
    for (const batch of [9, 10, 11]) run.setConfig({ batch });
    expect(store.getState().run.estimate).toMatchObject({ current: false });
    await vi.advanceTimersByTimeAsync(settledMs);
    expect(asked(fake)).toBe(2);
    expect(store.getState().run.estimate).toMatchObject({ current: true, estimate: { batch: 11 } });
  });

  it('waits while a run is running', async () => {
    const { fake, run } = await started();
    await run.start();
    await vi.advanceTimersByTimeAsync(settledMs);
    expect(asked(fake)).toBe(1);
    fake.status({ phase: 'paused', step: 1 });
    await vi.advanceTimersByTimeAsync(settledMs);
    expect(asked(fake)).toBe(2);
  });

  it('says why the run would not fit, and leaves the rest alone', async () => {
    const tooLarge = new ResiduaError('out-of-memory', 'Too large.', 'Take less.');
    const { store } = await started(createFakeClients({ estimate: () => Promise.reject(tooLarge) }));
    expect(store.getState().run.estimate).toEqual({ phase: 'refused', error: tooLarge.toPlain() });
    expect(store.getState().run.error).toBeUndefined();
  });

  it('drops an answer to an outdated request', async () => {
    const answers: (() => void)[] = [];
    const fake = createFakeClients({
      estimate: ({ batch }) =>
        new Promise((resolve) => {
          answers.push(() =>
            resolve({
              batch,
              microBatch: 1,
              memoryBytes: 1,
              epochMs: 1,
              evaluationMs: 1,
              totalMs: 1,
              paceSource: 'convolution',
            }),
          );
        }),
    });
    const { store, run } = await started(fake);
    run.setConfig({ batch: 3 });
    await vi.advanceTimersByTimeAsync(settledMs);
    answers[1]?.();
    answers[0]?.();
    await vi.advanceTimersByTimeAsync(0);
    expect(store.getState().run.estimate).toMatchObject({ estimate: { batch: 3 } });
  });
});
