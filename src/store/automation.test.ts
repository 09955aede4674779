import { describe, expect, it } from 'vitest';
import { ResiduaError } from '#core/errors.ts';
import { evaluationSettingsOf } from '#core/evaluation-settings.ts';
import { presets } from '#core/presets.ts';
import { createAutomation } from './automation.ts';
import { fakeCategory, fakeEvaluation } from './testing/fake-clients.ts';
import { startedStore } from './testing/started-store.ts';

describe('automation', () => {
  it('resolves training when the run finishes, and returns a snapshot of plain JSON', async () => {
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

  it('names the categories if several are dropped and none is chosen', async () => {
    const { fake, store } = await startedStore();
    fake.setScan({ categories: [fakeCategory('a'), fakeCategory('b')], skippedFiles: [] });
    const automation = createAutomation(store, Promise.resolve());
    await expect(automation.loadFiles([])).rejects.toThrow(/a, b/);
    await automation.loadFiles([], 'b');
    expect(store.getState().dataset.loaded?.category.name).toBe('b');
  });

  it('restores the settings of the user if a score of the comparison fails', async () => {
    const { fake, store, run } = await startedStore();
    fake.answer('start', () => {
      fake.emit('evaluation', {
        ...fakeEvaluation(1, [1, 2, 3, 4, 5]),
        ...evaluationSettingsOf(presets.quickLook),
      });
      fake.status({ phase: 'finished', step: 1 });
      return undefined;
    });
    await run.start();
    const own = store.getState().run.config;
    const failure = new ResiduaError('out-of-memory', 'The device is full.', 'Lower the side.');
    fake.answer('reevaluate', (settings) => {
      if (settings.score !== own.score) throw failure;
      fake.emit('evaluation', { ...fakeEvaluation(1, [1, 2, 3, 4, 5]), ...settings });
      return undefined;
    });
    await expect(createAutomation(store, Promise.resolve()).compareScores()).rejects.toMatchObject({
      code: 'out-of-memory',
    });
    expect(store.getState().run.config).toEqual(own);
  });

  it('distinguishes a busy store from a missing run', async () => {
    const { fake, store, run } = await startedStore();
    fake.answer('exportRun', () => new Promise(() => undefined));
    void run.exportRun();
    const exported = createAutomation(store, Promise.resolve()).exportRun();
    await expect(exported).rejects.toMatchObject({ code: 'busy' });
  });
});
