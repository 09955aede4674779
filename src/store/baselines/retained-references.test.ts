import { describe, expect, it } from 'vitest';
import { presets } from '#core/presets.ts';
import { parseRecord, toRecord } from '../runs/run-record.ts';
import { createFakeClients, fakeBaseline, fakeEvaluation, fakeReferences } from '../testing/fake-clients.ts';
import { fakeRun } from '../testing/fake-run.ts';
import { finishAtOnce, planned, started } from '../testing/started-queue.ts';
import { startedStore } from '../testing/started-store.ts';
import { until } from '../until.ts';

const scores = [1, 2, 3, 4, 5];
/** With these scores the variation model ranks two of the six pairs correctly. */
const weak = [3, 4, 1, 2, 5];

const weakReferences = (fake: ReturnType<typeof createFakeClients>): void => {
  fake.baselines.references = async (config) => fakeReferences(config, weak);
};

/** Trains a run of two steps to its end, with the page's score. */
const train = async ({ fake, store, run }: Awaited<ReturnType<typeof startedStore>>): Promise<void> => {
  await run.start();
  fake.emit('steps', [{ step: 2, epoch: 1, loss: 1 }]);
  const { score } = store.getState().run.config;
  fake.emit('evaluation', { ...fakeEvaluation(2, scores), score });
  fake.status({ phase: 'finished', step: 2 });
  await expect.poll(() => store.getState().runs.presentId).toBeDefined();
};

describe('a retained run', () => {
  it('has the references of its evaluation, with scores and the difference', async () => {
    const fake = createFakeClients();
    weakReferences(fake);
    const app = await startedStore(fake);
    await train(app);
    const [{ references }] = app.store.getState().runs.retained;
    expect(references?.variationModel.scores).toEqual(Float64Array.from(weak));
    expect(references?.variationModel.imageAuroc).toEqual({ defined: true, value: 1 / 3 });
    expect(references?.difference).toMatchObject({ defined: true, value: 1 - 1 / 3 });
  });

  it('gets them afterwards if they came later', async () => {
    const fake = createFakeClients();
    let answer: () => void = () => undefined;
    fake.baselines.references = (config) =>
      new Promise((resolve) => {
        answer = () => resolve(fakeReferences(config, weak));
      });
    const app = await startedStore(fake);
    await train(app);
    expect(app.store.getState().runs.retained[0]?.references).toBeUndefined();
    answer();
    await expect
      .poll(() => app.store.getState().runs.retained[0]?.references?.difference)
      .toMatchObject({ defined: true, value: 1 - 1 / 3 });
  });

  it('has none of another score', async () => {
    const app = await startedStore();
    const { store, fake, run } = app;
    await run.start();
    fake.emit('steps', [{ step: 2, epoch: 1, loss: 1 }]);
    fake.emit('evaluation', { ...fakeEvaluation(2, scores), score: 'sum' });
    fake.status({ phase: 'finished', step: 2 });
    await expect.poll(() => store.getState().runs.retained).toHaveLength(1);
    expect(store.getState().runs.retained[0]?.references).toBeUndefined();
  });

  it('stores them in its record, which is refused if they are damaged', () => {
    const references = {
      meanImage: fakeBaseline(scores),
      variationModel: fakeBaseline(weak),
      difference: { defined: true, value: 2 / 3, interval: { defined: true, lower: 0, upper: 1 } },
    } as const;
    const run = fakeRun({ references, config: presets.quickLook });
    expect(parseRecord(toRecord(run)).references).toEqual(references);
    expect(parseRecord(toRecord(fakeRun())).references).toBeUndefined();
    const damaged = { ...toRecord(run), references: { ...references, variationModel: { scores: [1] } } };
    expect(() => parseRecord(damaged)).toThrow(/record is damaged: references.variationModel.scores/);
  });
});

describe('an entry of Table II', () => {
  it('has the figures of the references and the difference, without scores', async () => {
    const fake = createFakeClients();
    weakReferences(fake);
    const app = await started(fake);
    finishAtOnce(app);
    planned(app, ['bottle']);
    await app.table.start();
    const entry = await until(app.store, ({ table }) =>
      table.entries.find(({ outcome }) => outcome.state === 'done'),
    );
    if (entry.outcome.state !== 'done') throw new Error('the entry is not done');
    const { references } = entry.outcome.result;
    expect(references?.variationModel).toEqual({
      imageAuroc: { defined: true, value: 1 / 3 },
      interval: expect.objectContaining({ defined: true }),
    });
    expect(references?.difference).toMatchObject({ defined: true });
  });
});
