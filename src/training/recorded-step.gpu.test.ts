import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import type { RunConfig } from '#core/config.ts';
import { presets } from '#core/presets.ts';
import { flatLayout } from '#engine/ops/flat/flat-layout.ts';
import { createLoss } from '#losses/create-loss.ts';
import { createAutoencoder } from '#model/autoencoder.ts';
import { createRadam } from '#optim/radam.ts';
import { describeBackends } from '#testing/gpu.ts';
import { hashValues } from '#testing/hash-values.ts';
import { FixedImages } from './fixed-images.ts';
import { LossLog } from './loss-log.ts';
import { RecordedPasses } from './recorded-passes.ts';
import { RecordedSteps } from './recorded-step.ts';

const side = 32;
const base: RunConfig = { ...presets.recommended, side, width: 0.25, learningRate: 3e-3 };

/** RAdam is rectified from step 6 on, and the weight grows until step 2: each kind of step runs at least twice. */
const stepCount = 7;
const growingSteps = 2;
/** RAdam's own dispatch is the same with each loss: the other losses need no rectified step. */
const unrectifiedSteps = 4;

type Mode = 'eager' | 'recorded';

/** Everything that steps change in a run, and steps of both kinds. */
const createTraining = (config: RunConfig, sizes: readonly number[]) => {
  const model = createAutoencoder(config);
  const variables = model.parameters.map(({ variable }) => variable);
  const loss = createLoss(config, side, () => []);
  const optimizer = createRadam(config, variables);
  const images = new FixedImages(side);
  const losses = new LossLog();
  const steps = new RecordedSteps({ model, loss, optimizer, variables }, images, (values) =>
    losses.store(values, optimizer.refused),
  );
  const passes = new RecordedPasses(model, images, side);
  const write = (count: number, place: number, series: number): void =>
    images.write(count, place, (values) => values.set(hashValues(values.length, series, 0, 1)));
  const train = (mode: Mode, from: number, to: number): void => {
    for (let step = from; step <= to; step++) {
      for (const [place, size] of sizes.entries()) write(size, place, 10 * step + place);
      const growing = step <= growingSteps && loss.stepLoss !== undefined;
      const shape = { sizes, growing, rectified: optimizer.advance() };
      losses.next(!growing);
      const exponent = step / (growingSteps + 1);
      if (mode === 'eager') steps.runOnce(shape, exponent);
      else steps.run(shape, exponent);
    }
  };
  const reconstruct = async (mode: Mode): Promise<Float32Array> => {
    const evaluation = mode === 'eager' ? new RecordedPasses(model, images, side) : passes;
    evaluation.startPopulation();
    for (const [index, count] of [2, 1].entries()) {
      write(count, 0, 500 + index);
      evaluation.join(count, count / (2 + index));
    }
    write(2, 0, 600);
    const values = await evaluation.reconstruct(2, 'population').data<'float32'>();
    if (mode === 'eager') evaluation.dispose();
    return values.slice();
  };
  const { offsets, size: flatSize } = flatLayout(variables.map(({ size }) => size));
  /** Both moments of each variable, without the unused gaps between them. */
  const readMoments = async () => {
    const values = await optimizer.moments.data();
    return variables.flatMap(({ size }, index) =>
      [0, flatSize].map((half) => values.slice(half + offsets[index]!, half + offsets[index]! + size)),
    );
  };
  const state = async () => ({
    losses: await losses.take(),
    weights: await model.readWeights(),
    moments: await readMoments(),
  });
  const owners = [steps, passes, images, losses, optimizer, loss, model];
  return {
    model,
    optimizer,
    train,
    reconstruct,
    state,
    reset: (): void => {
      model.reset();
      optimizer.reset();
    },
    dispose: (): void => {
      for (const owner of owners) owner.dispose();
    },
  };
};

const whole = [4];
const uneven = [2, 2, 1];

const cases: readonly [string, Partial<RunConfig>, readonly number[], number][] = [
  ['wfdl', { loss: 'wfdl' }, whole, stepCount],
  ['wfdl in uneven micro-batches', { loss: 'wfdl' }, uneven, stepCount],
  ['wfdl, adaptive-batch', { loss: 'wfdl', weight: 'adaptive-batch' }, whole, unrectifiedSteps],
  ['l2 in uneven micro-batches', { loss: 'l2' }, uneven, unrectifiedSteps],
  ['ssim', { loss: 'ssim' }, whole, unrectifiedSteps],
  ['focal-frequency', { loss: 'focal-frequency' }, whole, unrectifiedSteps],
  ['frequency', { loss: 'frequency' }, whole, unrectifiedSteps],
  [
    'composite',
    { loss: 'composite', compositeL2: 1, compositeSsim: 0.1, compositeWfdl: 0.01 },
    whole,
    unrectifiedSteps,
  ],
];

describeBackends('replayed steps', () => {
  for (const [name, change, sizes, count] of cases) {
    it(`equal eager ones bit for bit: ${name}`, async () => {
      const training = createTraining({ ...base, ...change }, sizes);
      const run = async (mode: Mode) => {
        training.reset();
        training.train(mode, 1, count - 2);
        const reconstructed = await training.reconstruct(mode);
        training.train(mode, count - 1, count);
        return { reconstructed, ...(await training.state()) };
      };
      const eager = await run('eager');
      expect(eager.losses).toHaveLength(count);
      expect(eager.losses.every(({ loss }) => Number.isFinite(loss))).toBe(true);
      expect(eager.losses[0]).not.toEqual(eager.losses[1]);
      // Each recording is also replayed within the run, so one run suffices.
      expect(await run('recorded')).toEqual(eager);
      training.dispose();
    });
  }

  it('equal themselves in a run that only replays', async () => {
    const training = createTraining(base, uneven);
    const run = async () => {
      training.reset();
      training.train('recorded', 1, stepCount);
      return { reconstructed: await training.reconstruct('recorded'), ...(await training.state()) };
    };
    const recording = await run();
    expect(await run()).toEqual(recording);
    training.dispose();
  });

  it('continue from a restored state as before', async () => {
    const training = createTraining(base, whole);
    const snapshots = [training.model.snapshot(), training.optimizer.snapshot()];
    training.train('recorded', 1, 3);
    for (const snapshot of snapshots) snapshot.keep();
    training.train('recorded', 4, stepCount);
    const first = await training.state();
    for (const snapshot of snapshots) snapshot.restore();
    training.train('recorded', 4, stepCount);
    const again = await training.state();
    expect(again).toEqual({ ...first, losses: first.losses.slice(3) });
    for (const snapshot of snapshots) snapshot.dispose();
    training.dispose();
  });

  it('leak no tensor', async () => {
    const before = [tf.memory().numTensors, tf.engine().backend.numDataIds()];
    const training = createTraining(base, uneven);
    training.train('recorded', 1, 2);
    await training.reconstruct('recorded');
    training.dispose();
    expect([tf.memory().numTensors, tf.engine().backend.numDataIds()]).toEqual(before);
  });
});
