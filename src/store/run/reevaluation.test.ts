import { describe, expect, it, vi } from 'vitest';
import { cancelled } from '#core/errors.ts';
import type { EvaluationSettings } from '#core/evaluation-settings.ts';
import { startedStore } from '../testing/started-store.ts';
import { cancellableWork } from './state.ts';

describe('evaluating again', () => {
  const evaluated = async () => {
    const parts = await startedStore();
    await parts.run.start();
    parts.fake.status({ phase: 'paused', step: 5 });
    return parts;
  };

  it('restores the setting when canceled, and leaves later changes as they are', async () => {
    const { fake, store, run } = await evaluated();
    const { batchNorm, bandHigh } = store.getState().run.config;
    const asked: EvaluationSettings[] = [];
    fake.answer('reevaluate', (settings) => {
      asked.push(settings);
      return settings.batchNorm === 'running' ? new Promise(() => undefined) : undefined;
    });
    run.setConfig({ batchNorm: 'running' });
    expect(cancellableWork(store.getState().run)).toBe('evaluation');
    run.setConfig({ bandHigh: 8 });
    run.cancel();
    await vi.waitFor(() => expect(cancellableWork(store.getState().run)).toBeUndefined());
    expect(asked).toMatchObject([
      { batchNorm: 'running', bandHigh },
      { batchNorm, bandHigh: 8 },
    ]);
    expect(store.getState().run.config).toMatchObject({ batchNorm, bandHigh: 8 });
    expect(store.getState().run.configured).toEqual(store.getState().run.config);
    expect(store.getState().run.error).toBeUndefined();
    // Only the change of the band can still be undone.
    expect(store.getState().settings.past.map(({ after }) => after)).toEqual([{ bandHigh: 8 }]);
  });

  it('cancels a calibration with obsolete bands, and requests the new one', async () => {
    const { fake, store, run } = await evaluated();
    const asked: EvaluationSettings[] = [];
    fake.answer('reevaluate', (settings) => {
      asked.push(settings);
      return asked.length === 1 ? new Promise(() => undefined) : undefined;
    });
    run.setConfig({ calibrationBands: 'off' });
    run.setConfig({ bandLow: 2.5 });
    await vi.waitFor(() => expect(cancellableWork(store.getState().run)).toBeUndefined());
    expect(asked).toMatchObject([{ bandLow: 0.5 }, { calibrationBands: 'off', bandLow: 2.5 }]);
    expect(store.getState().run.error).toBeUndefined();
  });

  it('restores the whole band if a later change of one end is invalid with the other', async () => {
    const { fake, store, run } = await evaluated();
    run.setConfig({ bandLow: 4, bandHigh: 10 });
    await vi.waitFor(() => expect(cancellableWork(store.getState().run)).toBeUndefined());
    fake.answer('reevaluate', ({ bandLow }) => (bandLow === 1 ? new Promise(() => undefined) : undefined));
    run.setConfig({ bandLow: 1 });
    run.setConfig({ bandHigh: 2 });
    run.cancel();
    await vi.waitFor(() => expect(cancellableWork(store.getState().run)).toBeUndefined());
    expect(store.getState().run.config).toMatchObject({ bandLow: 4, bandHigh: 10 });
    expect(store.getState().run.error).toBeUndefined();
  });

  it('ends if the setting is changed back before it finishes', async () => {
    const { fake, store, run } = await evaluated();
    const { batchNorm } = store.getState().run.config;
    fake.answer('reevaluate', () => new Promise(() => undefined));
    run.setConfig({ batchNorm: 'running' });
    run.setConfig({ batchNorm });
    await vi.waitFor(() => expect(cancellableWork(store.getState().run)).toBeUndefined());
    expect(fake.requests.filter((name) => name === 'reevaluate')).toHaveLength(1);
    expect(store.getState().run.configured?.batchNorm).toBe(batchNorm);
  });

  it('shows its error until it succeeds, and removes no error of other work', async () => {
    const { fake, store, run } = await evaluated();
    const settled = () => vi.waitFor(() => expect(cancellableWork(store.getState().run)).toBeUndefined());
    fake.answer('reevaluate', () => Promise.reject(new Error('out of memory')));
    run.setConfig({ bandLow: 4 });
    await settled();
    expect(store.getState().run.error?.problem).toContain('out of memory');
    fake.answer('reevaluate', () => undefined);
    run.setConfig({ bandLow: 5 });
    await settled();
    expect(store.getState().run.error).toBeUndefined();
    const other = { code: 'internal', problem: 'Of other work.', remedy: 'None.' } as const;
    store.setState((state) => ({ run: { ...state.run, error: other } }));
    run.setConfig({ bandLow: 6 });
    await settled();
    expect(store.getState().run.error).toBe(other);
  });

  it('leaves the settings of the page to the next run if the run is dropped', async () => {
    const { fake, store, run } = await evaluated();
    fake.answer('reevaluate', () => Promise.reject(cancelled()));
    run.setConfig({ batchNorm: 'running' });
    await vi.waitFor(() => expect(cancellableWork(store.getState().run)).toBeUndefined());
    expect(store.getState().run.config.batchNorm).toBe('running');
    expect(store.getState().run.error).toBeUndefined();
  });
});
