import { describe, expect, it } from 'vitest';
import type { SpectrumRecord } from '#core/history.ts';
import { startedStore } from '../testing/started-store.ts';

describe('spectra of the residual', () => {
  const record = (step: number): SpectrumRecord => ({
    epoch: step,
    step,
    power: Float32Array.of(step),
    inputPower: Float32Array.of(1),
  });

  it('stay for each loss with its seed, until a later run of that loss has some', async () => {
    const { fake, store, run } = await startedStore();
    run.setConfig({ loss: 'l2', seed: 3 });
    await run.start();
    for (const step of [1, 2]) fake.emit('spectrum', record(step));
    fake.status({ phase: 'finished', step: 2 });
    run.setConfig({ loss: 'wfdl', seed: 4 });
    await run.start();
    const kept = () => store.getState().run.spectraByLoss;
    expect(store.getState().run.history.spectra).toEqual([]);
    expect(kept()['l2']).toMatchObject({ seed: 3, side: 32, records: [record(1), record(2)] });
    expect(kept()['wfdl']).toBeUndefined();
    fake.emit('spectrum', record(1));
    expect(kept()['wfdl']).toMatchObject({ seed: 4, records: [record(1)] });
    fake.status({ phase: 'finished', step: 1 });
    run.setConfig({ loss: 'l2' });
    await run.start();
    expect(kept()['l2']?.records).toHaveLength(2);
    fake.emit('spectrum', record(1));
    expect(kept()['l2']).toMatchObject({ seed: 4, records: [record(1)] });
  });
});
