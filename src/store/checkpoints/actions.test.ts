import { describe, expect, it } from 'vitest';
import { ResiduaError } from '#core/errors.ts';
import { presets } from '#core/presets.ts';
import type { ResumedRun } from '#worker/protocol.ts';
import { createFakeClients, fakeImported, fakeStatus } from '../testing/fake-clients.ts';
import { startedStore } from '../testing/started-store.ts';

const config = { ...presets.quickLook, side: 64, epochs: 9 } as const;

/** A run that is paused after five of its nine epochs. */
const resumedRun = (change: Partial<ResumedRun['config']> = {}): ResumedRun => ({
  ...fakeImported({ ...config, ...change, epochs: 5 }),
  config: { ...config, ...change },
  status: fakeStatus({ phase: 'paused', step: 5, epoch: 5, epochs: 9 }),
  sameDevice: true,
  reproduced: true,
});

const info = {
  createdAt: 0,
  config,
  categoryName: 'bolt',
  device: { backend: 'wasm', name: '', architecture: '' },
  finished: false,
  step: 5,
  epoch: 5,
} as const;

const started = async (answer: () => readonly ResumedRun[]) => {
  const sides: (number | undefined)[] = [];
  const fake = createFakeClients({
    openCheckpoint: (files) => files.map(() => info),
    resumeRun: ({ images }) => {
      sides.push(images?.side);
      return answer();
    },
  });
  return { ...(await startedStore(fake)), sides };
};

describe('resume', () => {
  it('shows the run of the checkpoint, paused, on images of its side', async () => {
    const { store, checkpoints, sides } = await started(() => [resumedRun()]);
    await checkpoints.resume([new ArrayBuffer(1)]);
    const { run, dataset, race } = store.getState();
    expect(run).toMatchObject({ config, configured: config, importedFrom: undefined, savedStep: 0 });
    expect(run.status).toMatchObject({ phase: 'paused', step: 5 });
    expect(run.history.steps.at(-1)?.step).toBe(5);
    expect(run.resumed).toEqual({ step: 5, exact: true });
    expect([dataset.loaded?.side, sides]).toEqual([64, [64]]);
    expect(race.rivals).toEqual([]);
  });

  it('lets Train go on with it instead of a new run, and retains it at its end without a training time', async () => {
    const { store, fake, run, checkpoints } = await started(() => [resumedRun()]);
    await checkpoints.resume([new ArrayBuffer(1)]);
    await run.start();
    expect(fake.requests).not.toContain('configure');
    fake.status({ phase: 'finished', step: 9, epoch: 9, epochs: 9 });
    await expect.poll(() => store.getState().runs.retained).toHaveLength(1);
    expect(store.getState().runs.retained[0]?.trainMs).toBeUndefined();
  });

  it('brings the rivals of a race back, as the plan of the present race', async () => {
    const { store, checkpoints } = await started(() => [resumedRun(), resumedRun({ loss: 'l2' })]);
    await checkpoints.resume([new ArrayBuffer(1), new ArrayBuffer(1)]);
    const { race } = store.getState();
    expect(race.planned).toEqual([{ loss: 'l2' }]);
    expect(race.rivals.map(({ config: { loss }, status: { step } }) => [loss, step])).toEqual([['l2', 5]]);
    expect(race.id).toBeDefined();
  });

  it('retains a rival that was finished at the checkpoint, with the resumed race', async () => {
    const rival = {
      ...resumedRun({ loss: 'l2' }),
      status: fakeStatus({ phase: 'finished', step: 9, epochs: 9 }),
    };
    const { store, checkpoints } = await started(() => [{ ...resumedRun(), reproduced: false }, rival]);
    await checkpoints.resume([new ArrayBuffer(1), new ArrayBuffer(1)]);
    await expect.poll(() => store.getState().runs.retained).toHaveLength(1);
    const { race, run, runs } = store.getState();
    expect(runs.retained[0]?.race).toEqual({ id: race.id, place: 1 });
    expect(run.resumed?.exact).toBe(false);
  });

  it('reports a refusal, and leaves the present run', async () => {
    const { store, run, checkpoints } = await started(() => {
      throw new ResiduaError('other-images', 'The checkpoint belongs to other images.', 'Load its own.');
    });
    await run.start();
    const before = store.getState().run.configured;
    await checkpoints.resume([new ArrayBuffer(1)]);
    expect(store.getState().run).toMatchObject({ configured: before, error: { code: 'other-images' } });
  });
});
