import { describe, expect, it, vi } from 'vitest';
import type { HeldReconstructions, TestSpectra } from '#core/spectrum/test-spectra.ts';
import type { RequestCall } from '#worker/rpc.ts';
import { createFakeClients, fakeEvaluation, fakeView } from '../testing/fake-clients.ts';
import { startedStore } from '../testing/started-store.ts';

/** Evaluations after epochs 1 to 3, ten steps each. */
const kept = [1, 2, 3].map((epoch) => ({ epoch, step: 10 * epoch }));

/** The spectra of the reconstructions whose first value is `mark`. */
const spectraOf = (mark: number): TestSpectra => ({
  good: { images: 1, power: Float32Array.of(mark), inputPower: Float32Array.of(1) },
  anomalous: undefined,
});

const trained = async () => {
  const fake = createFakeClients({
    reconstructionsAt: ({ step }) => ({ indices: [4], pixels: Uint16Array.of(step) }),
    viewPast: ({ index }) => fakeView(index),
  });
  const asked: number[] = [];
  fake.baselines.testSpectra = async ({ pixels }) => {
    asked.push(pixels[0]!);
    return spectraOf(pixels[0]!);
  };
  const { store } = await startedStore(fake);
  await store.actions.run.start();
  fake.status({ phase: 'paused' });
  for (const { step } of kept) fake.emit('evaluation', fakeEvaluation(step, [1, 2, 3, 4, 5]));
  fake.emit('kept', kept);
  const known = () => store.getState().spectra.known;
  return { fake, store, asked, known, watch: store.actions.spectra.watch };
};

describe('the spectra of the test set', () => {
  it('are not computed before somebody looks', async () => {
    const { fake, asked } = await trained();
    expect(fake.requests).not.toContain('reconstructionsAt');
    expect(asked).toEqual([]);
  });

  it('are those of the shown epoch first, then of all others, each once', async () => {
    const { store, asked, known, watch } = await trained();
    await store.actions.view.scrub(20);
    watch();
    await vi.waitFor(() => expect(Object.keys(known())).toHaveLength(3));
    expect(asked).toEqual([20, 30, 10]);
    await store.actions.view.scrub(10);
    expect(asked).toHaveLength(3);
    expect(store.getState().spectra.underWay).toBeUndefined();
  });

  it('are those of the latest epoch alone while a run trains', async () => {
    const { fake, asked, watch, known } = await trained();
    fake.status({ phase: 'running' });
    watch();
    await vi.waitFor(() => expect(Object.keys(known())).toHaveLength(1));
    expect(asked).toEqual([30]);
    fake.status({ phase: 'paused' });
    await vi.waitFor(() => expect(asked).toEqual([30, 20, 10]));
  });

  it('are canceled when the last one stops looking, and asked for again by the next', async () => {
    const { fake, store, watch, known } = await trained();
    let call: RequestCall | undefined;
    fake.baselines.testSpectra = (_held: HeldReconstructions, given?: RequestCall) => {
      call = given;
      return new Promise(() => undefined);
    };
    const first = watch();
    const second = watch();
    await vi.waitFor(() => expect(call).toBeDefined());
    first();
    first();
    expect(call?.signal?.aborted).toBe(false);
    second();
    expect(call?.signal?.aborted).toBe(true);
    expect(store.getState().spectra).toMatchObject({ underWay: undefined, error: undefined });
    fake.baselines.testSpectra = async () => spectraOf(1);
    watch();
    await vi.waitFor(() => expect(Object.keys(known())).toHaveLength(3));
  });

  it('are computed again after an evaluation of the same step in another batch-norm mode', async () => {
    const { fake, asked, watch, known } = await trained();
    watch();
    await vi.waitFor(() => expect(Object.keys(known())).toHaveLength(3));
    const again = fakeEvaluation(30, [1, 2, 3, 4, 5]);
    fake.emit('evaluation', {
      ...again,
      batchNorm: again.batchNorm === 'running' ? 'recalibrated' : 'running',
    });
    fake.emit('kept', kept);
    await vi.waitFor(() => expect(asked).toEqual([30, 20, 10, 30]));
  });

  it('are dropped with the run', async () => {
    const { fake, watch, known } = await trained();
    watch();
    await vi.waitFor(() => expect(Object.keys(known())).toHaveLength(3));
    fake.emit('kept', []);
    expect(known()).toEqual({});
  });

  it('report an error, and go on with the other evaluations', async () => {
    const { fake, store, watch, known } = await trained();
    fake.baselines.testSpectra = async ({ pixels }) => {
      if (pixels[0] === 30) throw new Error('broken');
      return spectraOf(pixels[0]!);
    };
    watch();
    await vi.waitFor(() => expect(Object.keys(known())).toHaveLength(3));
    expect(store.getState().spectra.error?.problem).toContain('broken');
  });
});
