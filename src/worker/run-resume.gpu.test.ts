import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import type { Checkpoint } from '#core/checkpoint/checkpoint.ts';
import { readCheckpoint } from '#core/checkpoint/checkpoint-file.ts';
import type { RunConfig } from '#core/config.ts';
import type { ImageSet } from '#core/dataset.ts';
import type { DeviceReport } from '#core/device.ts';
import { evaluationSettingsOf } from '#core/evaluation-settings.ts';
import type { Evaluation, History } from '#core/history.ts';
import { presets } from '#core/presets.ts';
import { contestantConfigs } from '#core/race.ts';
import { webgpuBackend } from '#engine/webgpu/backend.ts';
import { deferSubmissions } from '#engine/webgpu/submission.ts';
import { limitsHere } from '#testing/device-limits.ts';
import { testDevice } from '#testing/device-report.ts';
import { type BackendName, describeBackends } from '#testing/gpu.ts';
import { tinyImages } from '#testing/tiny-images.ts';
import { AutoencoderRun } from '#training/autoencoder-run.ts';
import { planRuns } from '#training/run-plan.ts';
import { Contestants } from './contestants.ts';
import { checkpointOf } from './run-checkpoint.ts';
import { adoptRebuilt, rebuildRuns } from './run-resume.ts';

/** Hold-out, micro-batches of 3 and 2, a curriculum of half the run, a cosine schedule; two epochs of two steps. */
const config: RunConfig = {
  ...presets.recommended,
  side: 32,
  width: 0.25,
  batch: 5,
  microBatch: 3,
  epochs: 2,
  evaluateEvery: 1,
  curriculum: 0.5,
  schedule: 'cosine',
  holdOutPercent: 10,
  loss: 'wfdl',
  residual: 'raw',
};
const images = tinyImages(config.side, 8, 4);
const counts = { train: 7, test: 4 };

const plansOf = (configs: readonly RunConfig[]) => planRuns(configs, counts, limitsHere());

/** Runs in one session, with the phase of each. */
class Session {
  private readonly phases: string[] = [];
  private readonly waiting: (() => void)[] = [];
  readonly contestants = new Contestants(
    (name, payload) => {
      if (name === 'rival') {
        const event = payload as { place: number; name: string; payload: { phase: string } };
        if (event.name === 'status') this.phases[event.place] = event.payload.phase;
      }
      if (name === 'status') this.phases[0] = (payload as { phase: string }).phase;
      if (name === 'failure') throw new Error(JSON.stringify(payload));
      if (this.phases.every((phase) => phase === 'finished'))
        for (const done of this.waiting.splice(0)) done();
    },
    () => undefined,
  );

  async finish(): Promise<void> {
    const finished = new Promise<void>((resolve) => this.waiting.push(resolve));
    this.contestants.start();
    await finished;
  }

  checkpoints(device: DeviceReport): Promise<readonly Checkpoint[]> {
    return Promise.all(
      this.contestants.all.map(async (present) => {
        const { bytes } = await checkpointOf(present, device, true);
        return readCheckpoint(bytes);
      }),
    );
  }

  /** The weights and histories at the end, without times. */
  async results() {
    const results = await Promise.all(
      this.contestants.all.map(async ({ run, trainer }) => ({
        values: await run.readState(),
        history: timeless(trainer.history),
      })),
    );
    await this.contestants.drop();
    return results;
  }
}

/** Times differ between equal runs, and so do the epochs in which a probe is due. */
const timeless = ({ steps, evaluations, spectra }: History) => ({
  steps: [...steps],
  evaluations: evaluations.map(({ elapsedMs: _, ...rest }: Evaluation) => rest),
  spectra: spectra.filter(({ step }) => evaluations.some((evaluation) => evaluation.step === step)),
});

const newSession = (configs: readonly RunConfig[]): Session => {
  const session = new Session();
  const entrants = configs.map((ofRun, place) => {
    const plan = plansOf(configs)[place]!;
    return { run: new AutoencoderRun(images, ofRun, plan.microBatch, configs.length), config: ofRun, plan };
  });
  session.contestants.take(entrants, images);
  return session;
};

const resumedSession = async (
  checkpoints: readonly Checkpoint[],
  device: DeviceReport,
  ofImages: ImageSet,
) => {
  const plans = plansOf(checkpoints.map((checkpoint) => checkpoint.config));
  const rebuilt = await rebuildRuns(checkpoints, ofImages, plans, undefined, {});
  const session = new Session();
  session.contestants.take(
    rebuilt.map(({ run, checkpoint, plan }) => ({ run, config: checkpoint.config, plan })),
    ofImages,
  );
  const resumed = rebuilt.map((of, place) => adoptRebuilt(session.contestants.at(place), of, device));
  return { session, resumed };
};

const deviceOf = (backend: BackendName): DeviceReport => ({ ...testDevice, backend });

describeBackends('a resumed run', (backend) => {
  const device = deviceOf(backend);

  it('ends with the bits and the history of the run whose checkpoints were made at every step', async () => {
    if (backend === 'webgpu') deferSubmissions(webgpuBackend());
    const watched = newSession([config]);
    await watched.contestants.step();
    const kept = [...(await watched.checkpoints(device))];
    let over = false;
    const finished = watched.finish().then(() => {
      over = true;
    });
    while (!over) kept.push(...(await watched.checkpoints(device)));
    await finished;
    const [whole] = await watched.checkpoints(device);
    const [expected] = await watched.results();

    // The resumed runs are not read in between, so equal bits also mean that reading disturbs nothing.
    const inFirstEpoch = kept[0]!;
    const evaluated = kept.find(({ history, finished: isOver }) => history.evaluations.length > 0 && !isOver);
    expect(inFirstEpoch.values.step).toBe(1);
    for (const checkpoint of [inFirstEpoch, evaluated!]) {
      const { session, resumed } = await resumedSession([checkpoint], device, images);
      expect(resumed[0]).toMatchObject({
        status: { phase: 'paused', step: checkpoint.values.step },
        sameDevice: true,
        reproduced: checkpoint === evaluated ? true : undefined,
        pastLeftOut: undefined,
      });
      await session.finish();
      expect((await session.results())[0]).toEqual(expected);
    }
    const { session, resumed } = await resumedSession([whole!], device, images);
    expect(resumed[0]).toMatchObject({
      status: { phase: 'finished' },
      reproduced: true,
      pastLeftOut: undefined,
    });
    expect(resumed[0]?.kept.map(({ step }) => step)).toEqual([2, 4]);
    expect((await session.results())[0]).toEqual(expected);
  });

  it('goes on after an evaluation between two epochs and a change of settings, with the same last good weights', async () => {
    if (backend === 'webgpu') deferSubmissions(webgpuBackend());
    const session = newSession([{ ...config, epochs: 3 }]);
    const [present] = session.contestants.all;
    for (let step = 0; step < 3; step++) await present!.trainer.stepOnce();
    await present!.trainer.reevaluate(evaluationSettingsOf(config));
    await present!.trainer.stepOnce();
    await present!.trainer.change({ learningRate: 5e-4, evaluateEvery: 2 });
    const [checkpoint] = await session.checkpoints(device);
    expect(checkpoint).toMatchObject({ values: { step: 4, lastGood: { step: 3 } }, finished: false });
    await session.finish();
    const [expected] = await session.results();

    const { session: other } = await resumedSession([checkpoint!], device, images);
    const [{ run }] = other.contestants.all as [(typeof other.contestants.all)[0]];
    expect((await run.readState()).lastGood).toEqual(checkpoint!.values.lastGood);
    await other.finish();
    expect((await other.results())[0]).toEqual(expected);
  });

  it('of a race gives each contestant the bits of an uninterrupted race', async () => {
    if (backend === 'webgpu') deferSubmissions(webgpuBackend());
    const configs = contestantConfigs({ ...config, epochs: 1 }, [{ loss: 'l2', batch: 4 }]);
    const session = newSession(configs);
    await session.contestants.step();
    const checkpoints = await session.checkpoints(device);
    await session.finish();
    const expected = await session.results();
    const { session: other } = await resumedSession(checkpoints, device, images);
    await other.finish();
    expect(await other.results()).toEqual(expected);
  });

  it('is refused with other images, another model or another hold-out, and leaves no tensor', async () => {
    if (backend === 'webgpu') deferSubmissions(webgpuBackend());
    const session = newSession([config]);
    await expect(session.checkpoints(device)).rejects.toMatchObject({ code: 'no-run' });
    await session.contestants.step();
    const [checkpoint] = await session.checkpoints(device);
    await session.contestants.drop();
    const { numTensors } = tf.memory();
    const pixels = images.pixels.slice();
    pixels[0]! ^= 1;
    const refusals: readonly (readonly [Partial<Checkpoint>, ImageSet, string])[] = [
      [{}, { ...images, pixels }, 'other-images'],
      [{ heldOut: [] }, images, 'checkpoint-invalid'],
      [{ config: { ...config, width: 0.5 } }, images, 'checkpoint-invalid'],
    ];
    for (const [change, ofImages, code] of refusals)
      await expect(resumedSession([{ ...checkpoint!, ...change }], device, ofImages)).rejects.toMatchObject({
        code,
      });
    expect(tf.memory().numTensors).toBe(numTensors);
  });
});
