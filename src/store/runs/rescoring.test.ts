import { describe, expect, it } from 'vitest';
import type { RunConfig } from '#core/config.ts';
import { ResiduaError } from '#core/errors.ts';
import { presets } from '#core/presets.ts';
import { createFakeClients, fakeEvaluation, fakeImported, fakeModelJson } from '../testing/fake-clients.ts';
import { startedStore } from '../testing/started-store.ts';
import { evaluationBy, presentMeasure } from './measure.ts';
import { evaluationOf, type RetainedRun } from './retained-run.ts';

const scores = [1, 2, 3, 4, 5];

/** A store that has trained and retained this number of runs. */
const started = async (count: number) => {
  let imported: RunConfig = presets.quickLook;
  const fake = createFakeClients({
    exportRun: () => ({ modelJson: fakeModelJson, weights: new ArrayBuffer(8) }),
    importRun: () => fakeImported({ ...imported, epochs: 2 }),
    evaluateWith: ({ settings }) => ({ ...fakeEvaluation(2, scores), ...settings }),
    reevaluate: (settings) => {
      fake.emit('evaluation', { ...fakeEvaluation(2, scores), ...settings });
      return undefined;
    },
    goodTrainingScores: () => new Promise(() => undefined),
  });
  const { store } = await startedStore(fake);
  const retained = (): readonly RetainedRun[] => store.getState().runs.retained;
  for (let number = 1; number <= count; number++) {
    await store.actions.run.start();
    imported = store.getState().run.config;
    fake.emit('steps', [
      { step: 1, epoch: 1, loss: 1 },
      { step: 2, epoch: 2, loss: 1 },
    ]);
    fake.emit('evaluation', { ...fakeEvaluation(2, scores), ...store.getState().run.config, epoch: 2 });
    fake.status({ phase: 'finished', step: 2 });
    await expect.poll(() => retained().length).toBe(number);
  }
  return { fake, store, retained, ...store.actions };
};

const requestsOf = (requests: readonly string[], name: string): number =>
  requests.filter((request) => request === name).length;

describe('rescoring retained runs', () => {
  it('gives each run an evaluation by the score of the page, beside its own', async () => {
    const { fake, store, retained, run, runs } = await started(2);
    const before = retained().map(evaluationOf);
    run.setConfig({ score: 'ssim' });
    const measure = presentMeasure(store.getState())!;
    const ids = retained().map(({ id }) => id);
    await runs.rescore(ids);
    expect(retained().map(evaluationOf)).toEqual(before);
    for (const one of retained()) {
      expect(evaluationBy(one, measure)?.evaluation.score).toBe('ssim');
    }
    const asked = requestsOf(fake.requests, 'evaluateWith');
    await runs.rescore(ids);
    expect(requestsOf(fake.requests, 'evaluateWith')).toBe(asked);
    expect(store.getState().runs.rescoring).toBeUndefined();
  });

  it('can be canceled between two runs, and is no error then', async () => {
    const { fake, store, retained, run, runs } = await started(2);
    run.setConfig({ score: 'ssim' });
    fake.answer('evaluateWith', () => new Promise(() => undefined));
    const rescored = runs.rescore(retained().map(({ id }) => id));
    await expect.poll(() => requestsOf(fake.requests, 'evaluateWith')).toBe(1);
    expect(store.getState().runs.rescoring).toMatchObject({ name: 'WFDL 1', share: 0 });
    runs.cancelRescore();
    await rescored;
    expect(store.getState().runs).toMatchObject({ rescoring: undefined, error: undefined });
  });

  it('reports why it fails', async () => {
    const { fake, store, retained, run, runs } = await started(1);
    run.setConfig({ score: 'ssim' });
    const lost = new ResiduaError('device-lost', 'The device was lost.', 'Reload the page.');
    fake.answer('evaluateWith', () => Promise.reject(lost));
    store.setState((state) => ({ ...state, runs: { ...state.runs, presentId: undefined } }));
    await runs.rescore(retained().map(({ id }) => id));
    expect(store.getState().runs.error).toEqual(lost.toPlain());
  });
});

describe('how the present run is judged', () => {
  it('is stored with it: its score, and its threshold policy', async () => {
    const { store, retained, run, decision } = await started(1);
    run.setConfig({ score: 'ssim' });
    decision.setPolicy({ kind: 'manual', threshold: 2.5 });
    await expect
      .poll(() => retained()[0].decision)
      .toMatchObject({
        settings: { score: 'ssim' },
        policy: { kind: 'manual', threshold: 2.5 },
        policyChosen: true,
        threshold: { threshold: 2.5 },
      });
    const measure = presentMeasure(store.getState())!;
    expect(evaluationBy(retained()[0], measure)?.evaluation.score).toBe('ssim');
    expect(evaluationOf(retained()[0])?.score).toBe(presets.quickLook.score);
  });

  it('comes back when it is opened again', async () => {
    const { store, retained, run, runs, decision } = await started(1);
    run.setConfig({ score: 'ssim' });
    decision.setPolicy({ kind: 'manual', threshold: 2.5 });
    await expect.poll(() => retained()[0].decision?.policy.kind).toBe('manual');
    run.setConfig({ score: 'gradient', loss: 'l2' });
    await run.start();
    decision.setPolicy({ kind: 'good-quantile', quantile: 0.5 });
    await runs.restore(retained()[0].id);
    expect(store.getState().run.config.score).toBe('ssim');
    expect(store.getState().run.history.evaluations.at(-1)?.score).toBe('ssim');
    expect(store.getState().decision).toMatchObject({
      policy: { kind: 'manual', threshold: 2.5 },
      policyChosen: true,
    });
  });
});
