import { describe, expect, it } from 'vitest';
import { createAutomation } from './automation.ts';
import { fakeCategory, fakeEvaluation } from './testing/fake-clients.ts';
import { startedStore } from './testing/started-store.ts';

describe('automation', () => {
  it('resolves training when the run is finished, and gives a snapshot that is plain JSON', async () => {
    const { fake, store } = await startedStore();
    const automation = createAutomation(store, Promise.resolve());
    const trained = automation.train();
    setTimeout(() => {
      fake.emit('evaluation', fakeEvaluation(1, [1, 2, 3, 4, 5]));
      fake.status({ phase: 'finished', step: 1 });
    });
    await trained;
    const snapshot = automation.snapshot();
    expect(JSON.parse(JSON.stringify(snapshot)).evaluations[0].scores).toEqual([1, 2, 3, 4, 5]);
    expect(snapshot.samples).toHaveLength(9);
  });

  it('rejects training with the error that the page shows', async () => {
    const { fake, store } = await startedStore();
    const trained = createAutomation(store, Promise.resolve()).train();
    const failure = {
      code: 'non-finite-loss',
      problem: 'The loss became NaN.',
      remedy: 'Lower it.',
    } as const;
    setTimeout(() => {
      fake.status({ phase: 'failed', step: 1 });
      fake.emit('failure', failure);
    });
    await expect(trained).rejects.toMatchObject(failure);
    expect(store.getState().run.error).toEqual(failure);
  });

  it('names the categories where several are dropped and none is chosen', async () => {
    const { fake, store } = await startedStore();
    fake.setScan({ categories: [fakeCategory('a'), fakeCategory('b')], setAside: [] });
    const automation = createAutomation(store, Promise.resolve());
    await expect(automation.loadFiles([])).rejects.toThrow(/a, b/);
    await automation.loadFiles([], 'b');
    expect(store.getState().dataset.loaded?.category.name).toBe('b');
  });
});
