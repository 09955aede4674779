/** Runs that lose their device, in the page's own store with real training workers. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunConfig } from '#core/config.ts';
import type { History } from '#core/history.ts';
import { presets } from '#core/presets.ts';
import { tinyImages } from '#testing/tiny-images.ts';
import type { LossPlace } from '#worker/testing/losing-device.worker.ts';
import { createTrainingClient, type TrainingClient, type TrainingWorker } from '#worker/training-client.ts';
import { type AppStore, createAppStore } from '../app-store.ts';
import { createFakeClients, fakeDecoded } from '../testing/fake-clients.ts';
import { until } from '../until.ts';

const config: RunConfig = {
  ...presets.paper,
  ...{ loss: 'l2', side: 32, width: 0.25, batch: 4, evaluateEvery: 2, schedule: 'cosine' },
};

/** The runs have different epochs: each fault belongs to the run of its epochs. */
const raceEpochs = 4;
const memoryEpochs = 3;
const hangEpochs = 5;

/** The faults of the workers, one after the other, each after a number of steps. The last worker has none. */
const faults: readonly `${LossPlace}@${number}/${number}`[] = [
  ...(['compiling@0/4', 'step@1/4', 'readback@3/4', 'evaluating@6/4'] as const),
  'memory@4/3',
  'hang@1/5',
];

/** A second of the page takes this long here; still, a sound worker answers within a hundred of them. */
const secondMs = 50;

/** Several times the compiling of all kernels in five workers on a busy machine: only a run that hangs reaches it. */
const limitMs = 500_000;

let client: TrainingClient;
let store: AppStore;
let workers = 0;
let passSecond: () => void;
/** The titles of the notices after the recoveries. */
const notices: string[] = [];

const startWorker = (): TrainingWorker =>
  new Worker(new URL('../../worker/testing/losing-device.worker.ts', import.meta.url), {
    type: 'module',
    name: faults[workers++] ?? 'none',
  });

beforeAll(async () => {
  client = createTrainingClient(startWorker);
  const fake = createFakeClients();
  passSecond = () => fake.passSecond();
  fake.decode = async (category, side) => ({ ...fakeDecoded(category, side), images: tinyImages(32, 8, 4) });
  // More than a minute passes between two losses.
  client.on('failure', () => {
    fake.nowMs += 61_000;
  });
  // A checkpoint follows each burst of steps.
  client.on('steps', () => fake.setVisible(false));
  store = createAppStore({ ...fake.clients, training: client });
  store.subscribe(({ recovery: { underWay, notice } }, before) => {
    if (before.recovery.underWay && !underWay && notice) notices.push(notice.title);
  });
  store.setState((state) => ({ ...state, run: { ...state.run, config, deviceChoice: 'webgpu' } }));
  await store.actions.startUp();
});
afterAll(() => client.terminate());

/** Trains a new run, or race, to its end. */
const train = async (change: Partial<RunConfig>) => {
  notices.length = 0;
  store.actions.run.setConfig({ ...config, ...change });
  await store.actions.run.startNew();
  const place = (): string => JSON.stringify({ workers, notices, status: store.getState().run.status });
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(new Error(`The run has not ended: ${place()}`)), limitMs);
  await until(
    store,
    ({ run: { status, error } }) => {
      if (error) throw new Error(`${error.problem} ${place()}`);
      return status.phase === 'finished' || undefined;
    },
    late.signal,
  );
  clearTimeout(timer);
  const { run, race } = store.getState();
  const files = [await client.request('exportRun', { threshold: undefined, past: false })];
  for (const [index] of race.rivals.entries())
    files.push(await client.request('exportRival', { place: index + 1, past: false }));
  return [run, ...race.rivals].map(({ history, summary }, place) => ({
    weights: new Uint8Array(files[place]!.weights),
    microBatch: summary?.microBatch,
    steps: [...history.steps],
    evaluations: history.evaluations.map(({ step, scores }) => ({ step, scores })),
  }));
};

const stepsOf = ({ steps }: Pick<History, 'steps'>): readonly number[] => steps.map(({ step }) => step);

describe('a run that loses its graphics device', () => {
  it('in a race, while compiling, in a step, in a readback and in an evaluation has the bits of an uninterrupted one', async () => {
    // Equal kernels for both.
    store.actions.race.plan([{ learningRate: 5e-4 }]);
    const recovered = await train({ epochs: raceEpochs });
    expect(notices.map((title) => title.replace(/\d+/, 'n'))).toEqual(
      Array(4).fill('The graphics device was lost at epoch n.'),
    );
    expect(workers).toBe(5);
    expect(recovered.map(stepsOf)).toEqual(Array(2).fill([1, 2, 3, 4, 5, 6, 7, 8]));
    expect(recovered).toEqual(await train({ epochs: raceEpochs }));
    expect(workers).toBe(5);
  }, 600_000);

  it('for lack of memory goes on with micro-batches of half the size', async () => {
    store.actions.race.cancelPlan();
    const recovered = await train({ epochs: memoryEpochs });
    expect(notices).toEqual([expect.stringMatching(/ran out of memory at epoch \d/)]);
    expect(workers).toBe(6);
    expect([recovered[0]?.microBatch, store.getState().run.config.microBatch]).toEqual([2, 2]);
    expect(recovered.map(stepsOf)).toEqual([[1, 2, 3, 4, 5, 6]]);
  }, 600_000);
});

describe('a run whose worker hangs in script', () => {
  it('is trained by the next worker, with the bits of an uninterrupted one', async () => {
    await store.actions.run.chooseDevice('wasm');
    const timer = setInterval(passSecond, secondMs);
    const recovered = await train({ epochs: hangEpochs });
    clearInterval(timer);
    expect(notices).toEqual([expect.stringMatching(/stopped answering at epoch \d/)]);
    expect(workers).toBe(7);
    expect(recovered).toEqual(await train({ epochs: hangEpochs }));
    expect(workers).toBe(7);
  }, 600_000);
});
