import { describe, expect, it } from 'vitest';
import type { Evaluation } from '#core/history.ts';
import { createFakeClients, fakeEvaluation } from '../testing/fake-clients.ts';
import { startedStore } from '../testing/started-store.ts';

/** The fake category has two good test images, then three anomalous ones. */
const perfect = Float64Array.of(1, 2, 3, 4, 5);
const reversed = Float64Array.of(5, 4, 3, 2, 1);

const trained = async () => {
  let asked = 0;
  const fake = createFakeClients({
    scoreWays: ({ ways }) => {
      asked += 1;
      return ways.map((way) => ({ ...way, scores: way.score === 'ssim' ? perfect : reversed }));
    },
  });
  const { store } = await startedStore(fake);
  store.actions.decision.setPolicy({ kind: 'f1-maximum' });
  await store.actions.run.start();
  const evaluation: Evaluation = fakeEvaluation(1, [1, 2, 3, 4, 5]);
  fake.emit('evaluation', evaluation);
  const table = () => store.getState().metrics.scoreTable;
  return { fake, store, evaluation, table, asked: () => asked };
};

describe('the table of all scores', () => {
  it('is computed when the run is over, best first, with intervals', async () => {
    const { fake, evaluation, table, asked } = await trained();
    expect(asked()).toBe(0);
    fake.status({ phase: 'finished', step: 1 });
    await expect.poll(() => table()?.evaluation).toBe(evaluation);
    const rows = table()?.rows ?? [];
    expect(rows.length).toBeGreaterThan(7);
    expect(rows[0]).toMatchObject({
      settings: { score: 'ssim', batchNorm: evaluation.batchNorm },
      auroc: { defined: true, value: 1 },
      averagePrecision: { defined: true, value: 1 },
    });
    expect(rows[0]?.aurocInterval.defined).toBe(true);
    expect(rows.at(-1)?.auroc).toMatchObject({ value: 0 });
    expect(rows.some(({ settings }) => settings.score === evaluation.score)).toBe(true);
    expect(asked()).toBe(1);
  });

  it('disappears with the run', async () => {
    const { fake, store, table } = await trained();
    fake.status({ phase: 'finished', step: 1 });
    await expect.poll(table).toBeDefined();
    await store.actions.run.reset();
    expect(table()).toBeUndefined();
  });

  it('is asked for once if it fails', async () => {
    const { fake, store, table, asked } = await trained();
    let requests = 0;
    fake.answer('scoreWays', () => {
      requests += 1;
      return Promise.reject(new Error('out of memory'));
    });
    fake.status({ phase: 'finished', step: 1 });
    await expect.poll(() => store.getState().metrics.pixel.phase).toBe('ready');
    await expect.poll(() => requests).toBe(1);
    expect(table()).toBeUndefined();
    expect(asked()).toBe(0);
  });
});
