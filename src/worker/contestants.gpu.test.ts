import { expect, it } from 'vitest';
import type { RunConfig } from '#core/config.ts';
import { cancelled } from '#core/errors.ts';
import { evaluationSettingsOf } from '#core/evaluation-settings.ts';
import { presets } from '#core/presets.ts';
import { contestantConfigs, type RaceVariant } from '#core/race.ts';
import type { Emit, TrainingEvents } from '#core/training-events.ts';
import { heldBytes } from '#engine/device.ts';
import { webgpuBackend } from '#engine/webgpu/backend.ts';
import { deferSubmissions, releaseFreeBuffers } from '#engine/webgpu/submission.ts';
import { limitsHere } from '#testing/device-limits.ts';
import { describeBackends } from '#testing/gpu.ts';
import { tinyImages } from '#testing/tiny-images.ts';
import { AutoencoderRun } from '#training/autoencoder-run.ts';
import { planRuns } from '#training/run-plan.ts';
import { Contestants } from './contestants.ts';

/** Three steps an epoch of 5, 5 and 1 images, and an evaluation after each epoch. */
const config: RunConfig = {
  ...presets.recommended,
  side: 32,
  width: 0.25,
  batch: 5,
  epochs: 2,
  evaluateEvery: 1,
  holdOutPercent: 0,
  loss: 'wfdl',
};
const counts = { train: 11, test: 4 };
const images = tinyImages(config.side, counts.train, counts.test);

/** Trains to the end, and returns the weights of each contestant, and the most bytes that the device held. */
const train = async (configs: readonly RunConfig[]) => {
  const plans = planRuns(configs, counts, limitsHere());
  const places = configs.map((_, place) => place);
  const evaluations = configs.map((): number[] => []);
  const failures: string[] = [];
  let finish: () => void = () => undefined;
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const left = new Set(places);
  const take = (place: number, name: string, payload: unknown): void => {
    if (name === 'evaluation') evaluations[place]?.push((payload as TrainingEvents['evaluation']).step);
    if (name === 'failure') failures.push((payload as TrainingEvents['failure']).code);
    if (name !== 'status' || (payload as TrainingEvents['status']).phase !== 'finished') return;
    left.delete(place);
    if (left.size === 0) finish();
  };
  const emit: Emit<TrainingEvents> = (name, payload) => {
    if (name === 'rival') {
      const event = payload as TrainingEvents['rival'];
      take(event.place, event.name, event.payload);
    } else take(0, name, payload);
  };
  const contestants = new Contestants(emit, () => undefined);
  const entrants = configs.map((ofRun, place) => {
    const plan = plans[place]!;
    return { run: new AutoencoderRun(images, ofRun, plan.microBatch, configs.length), config: ofRun, plan };
  });
  contestants.take(entrants, images);
  contestants.start();
  await finished;
  const weights = await Promise.all(entrants.map(({ run }) => run.evaluator.readWeights()));
  const held = Math.max(...entrants.map(({ run }) => run.peakBytes));
  await contestants.drop();
  return { weights, held, plans, evaluations, failures };
};

const races: readonly {
  readonly name: string;
  readonly config: RunConfig;
  readonly rivals: readonly RaceVariant[];
}[] = [
  {
    name: 'three losses with uneven micro-batches',
    config: { ...config, microBatch: 3 },
    rivals: [{ loss: 'l2' }, { loss: 'ssim', width: 0.5 }],
  },
  {
    name: 'two widths and batches',
    config,
    rivals: [{ width: 0.5, batch: 4 }],
  },
];

describeBackends('a race', (backend) => {
  for (const race of races) {
    it(`gives each contestant the weights of the same run alone, bit for bit, and holds the planned memory: ${race.name}`, async () => {
      if (backend === 'webgpu') deferSubmissions(webgpuBackend());
      const configs = contestantConfigs(race.config, race.rivals);
      releaseFreeBuffers();
      const before = backend === 'webgpu' ? heldBytes() : 0;
      const together = await train(configs);
      const planned = together.plans[0]!.memoryBytes;
      const held = together.held - before;
      expect(Math.abs(planned / held - 1), `${planned} planned, ${held} held`).toBeLessThan(0.02);
      expect(together.failures).toEqual([]);
      expect(together.evaluations[0]).toEqual([3, 6]);
      for (const [place, ofRun] of configs.entries()) {
        const alone = await train([ofRun]);
        expect(alone.weights[0]).toEqual(together.weights[place]);
        expect(alone.evaluations[0]).toEqual(together.evaluations[place]);
      }
      const [first, second] = together.weights.map((ofRun) => ofRun[0]?.values);
      expect(first).not.toEqual(second);
    });
  }

  it('goes on without a contestant that fails: the others pause, resume, step and stop', async () => {
    if (backend === 'webgpu') deferSubmissions(webgpuBackend());
    const configs = contestantConfigs(config, [{ loss: 'l2' }, { loss: 'ssim' }]);
    const plans = planRuns(configs, counts, limitsHere());
    const failed: number[] = [];
    const emit: Emit<TrainingEvents> = (name, payload) => {
      if (name === 'failure') failed.push(0);
      const event = name === 'rival' ? (payload as TrainingEvents['rival']) : undefined;
      if (event?.name === 'failure') failed.push(event.place);
    };
    const contestants = new Contestants(emit, () => undefined);
    const entrants = configs.map((ofRun, place) => ({
      run: new AutoencoderRun(images, ofRun, plans[place]?.microBatch),
      config: ofRun,
      plan: plans[place]!,
    }));
    contestants.take(entrants, images);
    const broken = entrants[0]!.run;
    const weights = await broken.evaluator.readWeights();
    broken.setWeights(
      weights.map((array) => ({ ...array, values: array.values.map(() => Number.NaN) })),
      0,
    );
    const phases = () => contestants.all.map(({ trainer }) => trainer.status.phase);
    const steps = () => contestants.all.map(({ trainer }) => trainer.status.step);
    contestants.start();
    await expect.poll(() => failed, { timeout: 60_000 }).toEqual([0]);
    await contestants.pause();
    expect(phases()).toEqual(['failed', 'paused', 'paused']);
    const paused = steps();
    await contestants.step();
    expect(steps()).toEqual(paused.map((step, place) => (place === 0 ? 0 : step + 1)));
    contestants.start();
    expect(phases()).toEqual(['failed', 'running', 'running']);
    await contestants.stop();
    expect(phases()).toEqual(['failed', 'finished', 'finished']);
    for (const { trainer } of contestants.all.slice(1)) expect(trainer.history.evaluations).not.toEqual([]);
    expect(failed).toEqual([0]);
    await contestants.drop();
  });

  it('gives all contestants their earlier settings if an evaluation is canceled', async () => {
    if (backend === 'webgpu') deferSubmissions(webgpuBackend());
    const configs = contestantConfigs(config, [{ loss: 'l2' }]);
    const plans = planRuns(configs, counts, limitsHere());
    const contestants = new Contestants(
      () => undefined,
      () => undefined,
    );
    const entrants = configs.map((ofRun, place) => ({
      run: new AutoencoderRun(images, ofRun, plans[place]?.microBatch),
      config: ofRun,
      plan: plans[place]!,
    }));
    contestants.take(entrants, images);
    await contestants.step();
    const settings = { ...evaluationSettingsOf(config), batchNorm: 'running' } as const;
    const abort = new AbortController();
    const evaluated = contestants.reevaluate(settings, abort.signal);
    abort.abort(cancelled());
    await expect(evaluated).rejects.toMatchObject({ code: 'cancelled' });
    const batchNorms = () => contestants.all.map(({ trainer }) => trainer.presentConfig.batchNorm);
    expect(batchNorms()).toEqual(['recalibrated', 'recalibrated']);
    await contestants.reevaluate(settings, new AbortController().signal);
    expect(batchNorms()).toEqual(['running', 'running']);
    await contestants.drop();
  });
});
