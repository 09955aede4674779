import { describe, expect, it } from 'vitest';
import type { DeviceChoice, DeviceReport } from '#core/device.ts';
import { type ErrorCode, type PlainError, ResiduaError } from '#core/errors.ts';
import { presets } from '#core/presets.ts';
import type { RaceVariant } from '#core/race.ts';
import { testDevice } from '#testing/device-report.ts';
import type { CheckpointFile, ResumedRun, TrainingRequestName } from '#worker/protocol.ts';
import {
  createFakeClients,
  fakeEvaluation,
  fakeImported,
  fakeModelJson,
  fakeStatus,
} from '../testing/fake-clients.ts';
import { startedStore } from '../testing/started-store.ts';

const config = { ...presets.quickLook, epochs: 9 } as const;

const fileAt = (step: number): CheckpointFile => ({
  info: {
    createdAt: step,
    config,
    categoryName: 'sample',
    device: { backend: 'webgpu', name: '', architecture: '' },
    finished: step === 9,
    step,
    epoch: step,
  },
  bytes: Uint8Array.of(step).buffer,
});

const failureOf = (code: ErrorCode): PlainError => ({ code, problem: 'It is gone.', remedy: 'Wait.' });

const resumedAt = (step: number, microBatch: number, variant: RaceVariant = {}): ResumedRun => ({
  ...fakeImported({ ...config, epochs: step }),
  config: { ...config, ...variant, ...(microBatch < 8 && { microBatch }) },
  summary: { parameterCount: 1, stepsPerEpoch: 1, microBatch },
  history: {
    steps: Array.from({ length: step }, (_, i) => ({ step: i + 1, epoch: i + 1, loss: 1 })),
    evaluations: [fakeEvaluation(step, [1])],
    spectra: [],
  },
  status: fakeStatus({ phase: step === 9 ? 'finished' : 'paused', step, epoch: step, epochs: 9 }),
  sameDevice: true,
  reproduced: true,
});

const deviceOf = (choice: DeviceChoice): DeviceReport => ({
  ...testDevice,
  backend: choice === 'wasm' ? 'wasm' : 'webgpu',
});

/** A page that trains on a graphics card. Each checkpoint has the step of the run. */
const trainingPage = async (rivals: readonly RaceVariant[] = []) => {
  let step = 0;
  let opened: readonly number[] = [];
  const asked = { devices: [] as DeviceChoice[], bounds: [] as (number | undefined)[], configs: 0 };
  const fake = createFakeClients({
    openDevice: ({ choice }) => {
      asked.devices.push(choice);
      return deviceOf(choice);
    },
    configure: ({ microBatch }) => {
      asked.configs += 1;
      step = 0;
      fake.status({});
      return { parameterCount: 1, stepsPerEpoch: 1, microBatch: microBatch || 8 };
    },
    checkpoint: () => [undefined, ...rivals].map(() => fileAt(step)),
    openCheckpoint: (files) => {
      opened = files.map((file) => new Uint8Array(file)[0]!);
      return opened.map((at) => fileAt(at).info);
    },
    resumeRun: ({ mostAtOnce }) => {
      asked.bounds.push(mostAtOnce);
      [step = 0] = opened;
      return opened.map((at, place) => resumedAt(at, Math.min(8, mostAtOnce ?? 8), rivals[place - 1]));
    },
  });
  const page = await startedStore(fake);
  const { store } = page;
  page.run.setConfig(config);
  page.race.plan(rivals);
  const trainTo = (to: number): void => {
    for (; step < to; step++) fake.emit('steps', [{ step: step + 1, epoch: step + 1, loss: 1 }]);
    const status = { phase: 'running', step, epoch: step, epochs: 9, activity: 'training' } as const;
    fake.status(status);
    rivals.forEach((_, index) => {
      fake.emit('rival', { place: index + 1, name: 'status', payload: fakeStatus(status) });
    });
  };
  /** Loses the device, and resolves after the recovery. */
  const lose = async (code: ErrorCode = 'device-lost'): Promise<void> => {
    fake.emit('failure', failureOf(code));
    expect(store.getState().recovery.underWay).toBe(true);
    await expect.poll(() => store.getState().recovery.underWay).toBe(false);
  };
  const count = (name: TrainingRequestName) => fake.requests.filter((other) => other === name).length;
  const checkpointAt = async (at: number): Promise<void> => {
    trainTo(at);
    const before = count('checkpoint');
    fake.setVisible(false);
    await expect.poll(() => count('checkpoint')).toBe(before + 1);
  };
  const steps = () => [...store.getState().run.history.steps].map((record) => record.step);
  const notice = () => store.getState().recovery.notice;
  await page.run.start();
  return { ...page, trainTo, lose, checkpointAt, steps, asked, count, notice };
};

describe('a run whose device is lost', () => {
  it('trains on from its newest checkpoint, without steps twice, and the page says so', async () => {
    const { store, fake, trainTo, lose, checkpointAt, steps, notice } = await trainingPage();
    await checkpointAt(3);
    trainTo(5);
    await lose();
    expect(fake.workers).toBe(1);
    const { run } = store.getState();
    expect(run).toMatchObject({ status: { phase: 'running' }, config, error: undefined, failure: undefined });
    expect(notice()).toEqual({
      title: 'The graphics device was lost at epoch 5.',
      detail: 'Training resumed from step 3.',
      offersProcessor: false,
    });
    trainTo(6);
    expect(steps()).toEqual([1, 2, 3, 4, 5, 6]);
    store.actions.recovery.dismiss();
    expect(notice()).toBeUndefined();
  });

  it('starts again with its own settings if it had no checkpoint yet', async () => {
    const { store, lose, trainTo, steps, asked, notice } = await trainingPage();
    const started = store.getState().run.configured;
    trainTo(2);
    await lose();
    expect(asked.configs).toBe(2);
    expect(store.getState().run).toMatchObject({ configured: started, status: { phase: 'running' } });
    expect(steps()).toEqual([]);
    expect(notice()?.detail).toBe('Training started again.');
  });

  it('stays paused if it was', async () => {
    const { store, fake, trainTo, lose, count, notice } = await trainingPage();
    trainTo(4);
    fake.status({ phase: 'paused', step: 4, epoch: 4, epochs: 9 });
    await expect.poll(() => count('checkpoint')).toBe(1);
    await lose();
    expect(store.getState().run.status).toMatchObject({ phase: 'paused', step: 4 });
    expect([count('start'), notice()?.detail]).toEqual([1, 'The run is at step 4.']);
  });

  it('keeps its place in the library if it was finished, and is not retained again', async () => {
    const { store, fake, trainTo, lose } = await trainingPage();
    trainTo(9);
    fake.status({ phase: 'finished', step: 9, epoch: 9, epochs: 9 });
    await expect.poll(() => store.getState().runs.presentId).toBeDefined();
    await expect.poll(() => fake.requests.includes('checkpoint')).toBe(true);
    const { presentId, retained } = store.getState().runs;
    await lose();
    const { runs, run } = store.getState();
    expect(runs).toMatchObject({ presentId, retained });
    expect(run).toMatchObject({ savedStep: 9, status: { phase: 'finished', step: 9 } });
  });

  it('takes its rivals along, as the same race', async () => {
    const { store, lose, checkpointAt, count } = await trainingPage([{ loss: 'l2' }]);
    const { id } = store.getState().race;
    await checkpointAt(3);
    await lose();
    const { race } = store.getState();
    expect(race).toMatchObject({ id, planned: [{ loss: 'l2' }], rivals: [{ config: { loss: 'l2' } }] });
    expect(race.rivals[0]?.status.step).toBe(3);
    expect(count('start')).toBe(2);
  });

  it('takes over the settings that changed after its checkpoint, and leaves those of the next run', async () => {
    const { store, fake, run, lose, checkpointAt } = await trainingPage();
    await checkpointAt(3);
    fake.status({ phase: 'paused', step: 3, epoch: 3, epochs: 9 });
    fake.answer('changeRun', (values) => [{ step: 3, ...values }] as never);
    run.setConfig({ learningRate: 5e-4 });
    await run.start();
    run.setConfig({ seed: config.seed });
    await lose();
    const { configured, config: next, history } = store.getState().run;
    expect([configured?.learningRate, next.learningRate]).toEqual([5e-4, 5e-4]);
    expect(history.changes).toHaveLength(1);
  });
});

describe('the third loss within a minute', () => {
  it('lets the run wait on the processor, which trains it on when the user agrees', async () => {
    const { store, fake, lose, checkpointAt, asked, count, notice } = await trainingPage();
    await checkpointAt(3);
    for (const seconds of [1, 30]) {
      fake.nowMs = 1000 * seconds;
      await lose();
    }
    expect(notice()?.offersProcessor).toBe(false);
    fake.nowMs = 59_000;
    await lose();
    expect(asked.devices).toEqual(['auto', 'auto', 'auto', 'wasm']);
    const { run } = store.getState();
    expect(run).toMatchObject({
      status: { phase: 'paused', step: 3 },
      device: { phase: 'ready', report: { backend: 'wasm', reason: /three times within a minute/ } },
      error: undefined,
    });
    expect(notice()).toEqual({
      title: 'The graphics device was lost three times within a minute.',
      detail: 'The run waits at step 3. Continue on the processor?',
      offersProcessor: true,
    });
    const starts = count('start');
    await store.actions.recovery.continueOnProcessor();
    expect([count('start'), asked.configs, notice()]).toEqual([starts + 1, 1, undefined]);
    expect(store.getState().run.status.phase).toBe('running');
  });
});

describe('exhausted memory', () => {
  it('halves the micro-batch until the run fits, for the page and the next run as well', async () => {
    const { store, lose, checkpointAt, asked, notice } = await trainingPage();
    await checkpointAt(3);
    await lose('out-of-memory');
    expect(notice()).toEqual({
      title: 'The graphics device ran out of memory at epoch 3.',
      detail: 'Training resumed from step 3 with micro-batches of 4 images: batch norm sees each separately.',
      offersProcessor: false,
    });
    await lose('out-of-memory');
    expect(asked.bounds).toEqual([4, 2]);
    const { run } = store.getState();
    expect([run.config.microBatch, run.configured?.microBatch, run.summary?.microBatch]).toEqual([2, 2, 2]);
  });

  it('before the first checkpoint starts the run again with half the micro-batch', async () => {
    const { store, lose } = await trainingPage();
    await lose('out-of-memory');
    const { run } = store.getState();
    expect([run.config.microBatch, run.summary?.microBatch, run.status.phase]).toEqual([4, 4, 'running']);
  });

  it('with single images ends the run, and says what helps', async () => {
    const { store, fake, run, lose, checkpointAt, notice } = await trainingPage();
    await checkpointAt(3);
    for (let time = 0; time < 4; time++) await lose('out-of-memory');
    expect(store.getState().run).toMatchObject({
      status: { phase: 'failed' },
      error: failureOf('out-of-memory'),
      device: { phase: 'failed' },
    });
    expect(notice()).toBeUndefined();
    await run.chooseDevice('wasm');
    expect(fake.workers).toBe(4);
    expect(store.getState().run).toMatchObject({ error: undefined, device: { phase: 'ready' } });
  });
});

/** Lets the worker train at a pace and then answer nothing; `pass` lets seconds pass in the page. */
const silentPage = async () => {
  const page = await trainingPage();
  const { fake } = page;
  await page.checkpointAt(3);
  fake.status({ phase: 'running', step: 3, epoch: 3, epochs: 9, activity: 'training', imagesPerSecond: 100 });
  fake.answer('alive', () => new Promise<never>(() => {}));
  const pass = (seconds: number): void => {
    for (let second = 0; second < seconds; second++) fake.passSecond();
  };
  const recovered = () => expect.poll(() => page.store.getState().recovery.underWay).toBe(false);
  return { ...page, pass, recovered };
};

describe('a worker that does not answer', () => {
  it('while it trains, is replaced after two minutes in which the page runs', async () => {
    const { store, fake, pass, recovered, notice } = await silentPage();
    pass(10 + 119);
    expect(store.getState().recovery.underWay).toBe(false);
    // A sleep of the machine, whose clock goes on.
    fake.nowMs += 8 * 3_600_000;
    pass(1);
    expect(store.getState().recovery.underWay).toBe(true);
    await recovered();
    expect(fake.workers).toBe(1);
    expect(notice()).toMatchObject({
      title: 'The training worker stopped answering at epoch 3.',
      detail: 'Training resumed from step 3.',
    });
    expect(store.getState().run.status.phase).toBe('running');
  });

  it('during long steps has ten of them', async () => {
    const { store, fake, pass } = await silentPage();
    const imagesPerSecond = config.batch / 60;
    fake.status({ phase: 'running', step: 3, epoch: 3, epochs: 9, activity: 'training', imagesPerSecond });
    pass(10 + 599);
    expect(store.getState().recovery.underWay).toBe(false);
    pass(1);
    expect(store.getState().recovery.underWay).toBe(true);
  });

  it('at rest is left alone', async () => {
    const { store, fake, pass } = await silentPage();
    fake.status({ phase: 'paused', step: 3, epoch: 3, epochs: 9 });
    pass(10_000);
    expect([fake.workers, store.getState().recovery.underWay]).toEqual([0, false]);
  });

  it('during a recovery is replaced as well, after twice the time, and the third one ends the run', async () => {
    const { store, fake, pass, recovered } = await silentPage();
    fake.answer('resumeRun', () => new Promise<never>(() => {}));
    pass(10 + 120);
    await expect.poll(() => fake.workers).toBe(1);
    await expect.poll(() => fake.requests.includes('resumeRun')).toBe(true);
    pass(10 + 239);
    expect(fake.workers).toBe(1);
    pass(1);
    await expect.poll(() => fake.requests.filter((name) => name === 'resumeRun').length).toBe(2);
    expect(fake.workers).toBe(2);
    pass(10 + 480);
    await recovered();
    expect(store.getState().run).toMatchObject({
      status: { phase: 'failed' },
      error: { code: 'worker-silent', problem: /not answered for 480 s/ },
      device: { phase: 'failed' },
    });
  });
});

describe('a recovery', () => {
  it('replaces a worker that ended, and says so', async () => {
    const { lose, checkpointAt, notice } = await trainingPage();
    await checkpointAt(3);
    await lose('worker-ended');
    expect(notice()?.title).toBe('The training worker ended unexpectedly at epoch 3.');
  });

  it('that loses the device again begins again', async () => {
    const { store, fake, lose, checkpointAt, notice } = await trainingPage();
    await checkpointAt(3);
    let losses = 0;
    const resume = () => [resumedAt(3, 8)];
    fake.answer('resumeRun', () => {
      losses += 1;
      if (losses === 1) throw ResiduaError.fromPlain(failureOf('device-lost'));
      return resume();
    });
    await lose();
    expect([fake.workers, store.getState().run.status.phase]).toEqual([2, 'running']);
    // A loss that no request reports.
    fake.nowMs = 60_000;
    fake.answer('resumeRun', () => {
      losses += 1;
      if (losses === 3) fake.emit('failure', failureOf('worker-ended'));
      return resume();
    });
    await lose();
    expect([fake.workers, losses, notice()?.detail]).toEqual([4, 4, 'Training resumed from step 3.']);
  });

  it('continues on the processor if the device cannot be opened again', async () => {
    const { store, fake, lose, checkpointAt, notice } = await trainingPage();
    await checkpointAt(3);
    fake.answer('openDevice', ({ choice }) => {
      if (choice !== 'wasm') throw new ResiduaError('no-webgpu', 'There is no adapter.', 'Switch it on.');
      return deviceOf(choice);
    });
    await lose();
    expect(notice()?.detail).toBe('Training resumed from step 3 on the processor.');
    expect(store.getState().run.device).toMatchObject({
      report: { reason: 'There is no adapter. So training runs on the processor.' },
    });
  });

  it('ends the run with the error that made it impossible', async () => {
    const { store, fake, lose, checkpointAt } = await trainingPage();
    await checkpointAt(3);
    fake.answer('openCheckpoint', () => {
      throw new ResiduaError('checkpoint-invalid', 'It is damaged.', 'Train again.');
    });
    await lose();
    expect(store.getState().run).toMatchObject({
      status: { phase: 'failed' },
      error: { code: 'checkpoint-invalid' },
    });
  });

  it('says that a run from files has to be opened again', async () => {
    const fake = createFakeClients({ importRun: () => fakeImported(config) });
    const { store, imports } = await startedStore(fake);
    await imports.run({ modelJson: fakeModelJson, weights: new ArrayBuffer(4) });
    expect(store.getState().run.importedFrom).toBeDefined();
    fake.emit('failure', failureOf('device-lost'));
    await expect.poll(() => store.getState().recovery.underWay).toBe(false);
    expect(store.getState().run).toMatchObject({ summary: undefined, device: { phase: 'ready' } });
    expect(store.getState().recovery.notice?.detail).toContain('Open that run again.');
  });

  it('is not for other failures', async () => {
    const { store, fake } = await trainingPage();
    fake.emit('failure', failureOf('non-finite-loss'));
    expect(store.getState()).toMatchObject({
      recovery: { underWay: false },
      run: { status: { phase: 'failed' }, device: { phase: 'ready' } },
    });
  });
});
