/** A store with small settings, for tests of the queue. */

import { until } from '../until.ts';
import { createFakeClients, fakeCategory, fakeEvaluation } from './fake-clients.ts';
import { startedStore } from './started-store.ts';

/** Scores of the fake category's test images: 2 good ones, 3 anomalous ones. */
export const scores = [1, 3, 2, 4, 5];
export const epochs = 2;

export const started = async (fake = createFakeClients()) => {
  const app = await startedStore(fake);
  app.run.setConfig({ side: 32, epochs });
  await app.dataset.matchFraming();
  fake.decodes.length = 0;
  fake.requests.length = 0;
  return app;
};
export type Started = Awaited<ReturnType<typeof started>>;

/** Makes every run finish at its start, with this AUROC. */
export const finishAtOnce = ({ fake }: Pick<Started, 'fake'>, value = 0.9): void => {
  fake.answer('start', () => {
    fake.status({ phase: 'running', epochs });
    fake.nowMs += 1000;
    fake.emit('evaluation', { ...fakeEvaluation(epochs, scores), imageAuroc: { defined: true, value } });
    fake.status({ phase: 'finished', step: epochs, epoch: epochs, epochs });
    return undefined;
  });
};

export const states = ({ store }: Pick<Started, 'store'>): string[] =>
  store.getState().table.entries.map(({ id, outcome }) => `${id} ${outcome.state}`);

const waitFor = (app: Started, id: string, state: string): Promise<true> =>
  until(app.store, ({ table }) =>
    table.entries.some((entry) => entry.id === id && entry.outcome.state === state) ? true : undefined,
  );

/** Waits until the run of an entry is training. */
export const running = async (app: Started, id: string): Promise<void> => {
  await waitFor(app, id, 'running');
  await until(app.store, ({ run }) =>
    run.status.phase === 'running' && run.task === undefined ? true : undefined,
  );
};

export const planned = (app: Started, names = ['bottle', 'pill'], seeds: readonly number[] = [0]): void => {
  app.table.addCategories(
    names.map((name) => fakeCategory(name)),
    [],
  );
  app.table.plan({ categories: names, losses: ['l2', 'wfdl'], seeds });
};

/** Makes a pause take effect after the first step. */
export const pauseAtOnce = ({ fake }: Pick<Started, 'fake'>): void => {
  fake.answer('pause', () => {
    fake.status({ phase: 'paused', step: 1, epoch: 1, epochs });
    return undefined;
  });
};
