/** Runs that lose their device, in the page's own store with real training workers. */
import { afterEach, describe, expect, it } from 'vitest';
import type { RunConfig } from '#core/config.ts';
import { presets } from '#core/presets.ts';
import type { RaceVariant } from '#core/race.ts';
import { tinyImages } from '#testing/tiny-images.ts';
import type { LossPlace } from '#worker/testing/losing-device.worker.ts';
import { createTrainingClient, type TrainingClient, type TrainingWorker } from '#worker/training-client.ts';
import { createAppStore } from '../app-store.ts';
import { createFakeClients, fakeDecoded } from '../testing/fake-clients.ts';
import { until } from '../until.ts';

const config: RunConfig = {
  ...presets.quickLook,
  ...{ side: 32, width: 0.25, batch: 4, epochs: 5, evaluateEvery: 2, residual: 'raw', bandLow: 0 },
};

/** Longer than any of these runs takes, even on a busy machine. */
const limitMs = 100_000;

type Fault = `${LossPlace}@${number}`;

const clients: TrainingClient[] = [];
afterEach(() => {
  for (const client of clients.splice(0)) client.terminate();
});

/** Starts a worker that loses its device at this place, or not at all. */
const startWorker = (fault: Fault | undefined): TrainingWorker =>
  new Worker(new URL('../../worker/testing/losing-device.worker.ts', import.meta.url), {
    type: 'module',
    name: fault ?? 'none',
  });

/** Trains to the end in workers with these faults, one after the other, and returns the results. */
const train = async (faults: readonly Fault[], rivals: readonly RaceVariant[] = []) => {
  let started = 0;
  const client = createTrainingClient(() => startWorker(faults[started++]));
  clients.push(client);
  const fake = createFakeClients();
  fake.decode = async (category, side) => ({ ...fakeDecoded(category, side), images: tinyImages(32, 8, 4) });
  // More than a minute passes between two losses.
  client.on('failure', () => {
    fake.nowMs += 61_000;
  });
  const store = createAppStore({ ...fake.clients, training: client });
  const { actions } = store;
  await actions.startUp();
  await actions.run.chooseDevice('webgpu');
  actions.run.setConfig(config);
  actions.race.plan(rivals);
  // Each burst of steps ends with a checkpoint.
  client.on('steps', () => fake.setVisible(false));
  const notices: string[] = [];
  const stop = store.subscribe(({ recovery: { underWay, notice } }, before) => {
    if (before.recovery.underWay && !underWay && notice) notices.push(notice.title);
  });
  await actions.run.start();
  await until(
    store,
    ({ run: { status, error } }) => {
      if (error) throw new Error(`${error.problem} at step ${status.step}`);
      return status.phase === 'finished' || undefined;
    },
    AbortSignal.timeout(limitMs),
  );
  stop();
  const { run, race } = store.getState();
  const weightsOf = async (place: number): Promise<Uint8Array> => {
    const { weights } =
      place === 0
        ? await client.request('exportRun', { threshold: undefined, past: false })
        : await client.request('exportRival', { place, past: false });
    return new Uint8Array(weights);
  };
  const results = [];
  for (const [place, { history }] of [run, ...race.rivals].entries())
    results.push({
      weights: await weightsOf(place),
      steps: [...history.steps],
      evaluations: history.evaluations.map(({ step, scores }) => ({ step, scores })),
    });
  return { results, notices, workers: started, run };
};

describe('a run that loses its graphics device', () => {
  it('while compiling, in a step, in a readback and in an evaluation ends with the bits of an uninterrupted one', async () => {
    const faults = ['compiling@0', 'step@1', 'readback@4', 'evaluating@6'] as const;
    const { results, notices, workers } = await train(faults);
    expect(notices.map((title) => title.replace(/\d+/, 'n'))).toEqual(
      faults.map(() => 'The graphics device was lost at epoch n.'),
    );
    expect(workers).toBe(faults.length + 1);
    expect(results[0]?.steps.map(({ step }) => step)).toEqual(Array.from({ length: 10 }, (_, i) => i + 1));
    expect(results).toEqual((await train([])).results);
  });

  it('for lack of memory goes on with micro-batches of half the size', async () => {
    const { results, notices, run } = await train(['memory@2']);
    expect(notices).toEqual([expect.stringMatching(/ran out of memory at epoch \d/)]);
    expect([run.summary?.microBatch, run.configured?.microBatch, run.config.microBatch]).toEqual([2, 2, 2]);
    expect(results[0]?.steps.map(({ step }) => step)).toEqual(Array.from({ length: 10 }, (_, i) => i + 1));
  });

  it('as a race ends with the bits of an uninterrupted race', async () => {
    const rivals: readonly RaceVariant[] = [{ loss: 'l2' }];
    const { results, notices } = await train(['step@3'], rivals);
    expect(notices).toHaveLength(1);
    expect(results).toHaveLength(2);
    expect(results).toEqual((await train([], rivals)).results);
  });
});
