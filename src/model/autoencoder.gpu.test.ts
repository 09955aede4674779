import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { ResiduaError } from '#core/errors.ts';
import { largestDifference, largestMagnitude } from '#testing/compare.ts';
import golden from '#testing/golden/model.golden.json';
import { goldenImages, goldenWeights } from '#testing/golden-model.ts';
import { describeGpu } from '#testing/gpu.ts';
import { hashValues } from '#testing/hash-values.ts';
import { type Autoencoder, createAutoencoder, type NamedArray } from './autoencoder.ts';

const small = { side: 32, width: 0.25, seed: 1, initialisation: 'pytorch' } as const;

const images = (count: number, side: number, draw = 0): tf.Tensor4D =>
  tf.tensor4d(goldenImages(count, side, draw), [count, side, side, 3]);

const everyNth = (values: ArrayLike<number>, n: number): number[] =>
  Array.from(values).filter((_, index) => index % n === 0);

const weightNamed = (weights: readonly NamedArray[], name: string): Float32Array =>
  weights.find((weight) => weight.name === name)!.values;

/** Whether two sets of weights are equal. */
const sameWeights = (actual: readonly NamedArray[], expected: readonly NamedArray[]): boolean =>
  actual.length === expected.length &&
  actual.every(
    ({ name, values }, index) =>
      name === expected[index]!.name && largestDifference(values, expected[index]!.values) === 0,
  );

/** Gradients of the mean squared error by PyTorch's names. */
const gradientsOf = async (model: Autoencoder, x: tf.Tensor4D) => {
  const { value, grads } = tf.variableGrads(
    () => tf.mean(tf.squaredDifference(x, model.train(x))),
    model.parameters.map(({ variable }) => variable),
  );
  const byName = new Map<string, Float32Array>();
  for (const { name, variable } of model.parameters) {
    const values = await grads[variable.name]!.data<'float32'>();
    if (variable.rank === 2) {
      byName.set(`${name}.weight`, values.slice(0, variable.shape[1]));
      byName.set(`${name}.bias`, values.slice(variable.shape[1]));
    } else {
      byName.set(name, values);
    }
  }
  return { loss: (await value.data())[0]!, gradients: byName };
};

describeGpu('createAutoencoder', () => {
  for (const { side, width, batch, draw, sampleEvery, ...expected } of golden.cases) {
    it(`matches PyTorch's reconstructions, gradients and running averages at side ${side}`, async () => {
      const model = createAutoencoder({ side, width, seed: 0, initialisation: 'pytorch' });
      model.setWeights(goldenWeights(side, width));
      const x = images(batch, side, draw);
      const evaluated = everyNth(await model.evaluate(x).data(), sampleEvery);
      expect(largestDifference(evaluated, expected.evaluated)).toBeLessThan(1e-4);

      const { loss, gradients } = await gradientsOf(model, x);
      expect(Math.abs(loss - expected.loss)).toBeLessThan(1e-5);
      for (const [name, gradient] of Object.entries(expected.gradients)) {
        // PyTorch's own float32 gradients differ from these float64 ones by up to 3e-5 of the largest entry.
        expect(largestDifference(gradients.get(name)!, gradient), name).toBeLessThan(
          1e-4 * largestMagnitude(gradient),
        );
      }

      const weights = await model.readWeights();
      for (const [name, running] of Object.entries(expected.running)) {
        const got = [
          ...weightNamed(weights, `${name}.running_mean`),
          ...weightNamed(weights, `${name}.running_var`),
        ];
        expect(largestDifference(got, running), name).toBeLessThan(1e-4);
      }

      const trained = everyNth(await model.train(x).data(), sampleEvery);
      expect(largestDifference(trained, expected.trained)).toBeLessThan(1e-4);
      model.dispose();
    });
  }

  it('starts from the seed, and returns to it on reset', async () => {
    const model = createAutoencoder(small);
    const start = await model.readWeights();
    const again = createAutoencoder(small);
    expect(sameWeights(await again.readWeights(), start)).toBe(true);
    const other = createAutoencoder({ ...small, seed: 2, initialisation: 'pytorch' });
    expect(sameWeights(await other.readWeights(), start)).toBe(false);
    model.setWeights(goldenWeights(32, 0.25));
    model.train(images(1, 32)).dispose();
    model.reset();
    expect(sameWeights(await model.readWeights(), start)).toBe(true);
    for (const each of [model, again, other]) each.dispose();
  });

  it('returns the weights that were set, and returns to a snapshot', async () => {
    const model = createAutoencoder(small);
    const weights = goldenWeights(32, 0.25);
    model.setWeights(weights);
    expect(sameWeights(await model.readWeights(), weights)).toBe(true);
    const snapshot = model.snapshot();
    model.reset();
    snapshot.restore();
    expect(sameWeights(await model.readWeights(), weights)).toBe(true);
    snapshot.dispose();
    model.dispose();
  });

  it('rejects weights of another model and retains its own', async () => {
    const model = createAutoencoder(small);
    const start = await model.readWeights();
    expect(() => model.setWeights(goldenWeights(64, 0.25))).toThrow(ResiduaError);
    expect(sameWeights(await model.readWeights(), start)).toBe(true);
    model.dispose();
  });

  it('reconstructs with the statistics of a batch, as in training, without changing the running averages', async () => {
    const model = createAutoencoder(small);
    const start = await model.readWeights();
    const x = images(4, 32);
    const byBatch = await model.evaluateByBatch(x).data();
    expect(sameWeights(await model.readWeights(), start)).toBe(true);
    // The same kernels with the same numbers.
    expect(largestDifference(byBatch, await model.train(x).data())).toBe(0);
    expect(sameWeights(await model.readWeights(), start)).toBe(false);
    model.dispose();
  });

  it('frees all tensors of a training step and an evaluation, and at the end its own', () => {
    const x = images(2, 32);
    const before = tf.memory().numTensors;
    const model = createAutoencoder(small);
    const own = tf.memory().numTensors;
    const step = tf.variableGrads(
      () => tf.mean(tf.squaredDifference(x, model.train(x))),
      model.parameters.map(({ variable }) => variable),
    );
    expect(tf.memory().numTensors).toBe(own + 1 + model.parameters.length);
    tf.dispose([step.value, step.grads]);
    model.evaluate(x).dispose();
    model.evaluateByBatch(x).dispose();
    model.train(x).dispose();
    expect(tf.memory().numTensors).toBe(own);
    model.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});

describeGpu('recalibrate', () => {
  it('returns the batch statistics for one batch, so evaluation equals training', async () => {
    const model = createAutoencoder(small);
    const x = images(4, 32);
    const statistics = await model.recalibrate([x]);
    const [evaluated, trained] = await Promise.all([
      model.evaluate(x, statistics).data(),
      model.train(x).data(),
    ]);
    // The same operations on the same numbers, except that joining and partial sums round a few more times.
    expect(largestDifference(evaluated, trained)).toBeLessThan(1e-5);
    statistics.dispose();
    model.dispose();
  });

  it('weights batches by their size, without changing the running averages', async () => {
    const model = createAutoencoder(small);
    model.setWeights(goldenWeights(32, 0.25));
    const all = hashValues(5 * 32 * 32 * 3, 9, 0, 1);
    const pixels = 32 * 32 * 3;
    async function* batches() {
      for (const [from, to] of [
        [0, 4],
        [4, 5],
      ] as const) {
        const batch = tf.tensor4d(all.slice(from * pixels, to * pixels), [to - from, 32, 32, 3]);
        yield batch;
        batch.dispose();
      }
    }
    const statistics = await model.recalibrate(batches());
    const got = await statistics.tensors.get('encoder.0.bn1')!.data();

    // The first batch norm sees the convolution of the images, so its population equals that of all five at once.
    const whole = await model.recalibrate([tf.tensor4d(all, [5, 32, 32, 3])]);
    const expected = await whole.tensors.get('encoder.0.bn1')!.data();
    expect(largestDifference(got, expected)).toBeLessThan(1e-5);
    expect(sameWeights(await model.readWeights(), goldenWeights(32, 0.25))).toBe(true);
    for (const each of [statistics, whole, model]) each.dispose();
  });

  it('frees all tensors but its result, even if the batches fail', async () => {
    const model = createAutoencoder(small);
    const x = images(1, 32);
    const before = tf.memory().numTensors;
    const statistics = await model.recalibrate([x, x]);
    const held = new Set([...statistics.tensors.values(), ...statistics.whole]);
    expect(tf.memory().numTensors).toBe(before + held.size);
    statistics.dispose();
    await expect(model.recalibrate([])).rejects.toThrow(/at least one image/);
    expect(tf.memory().numTensors).toBe(before);
    model.dispose();
  });
});
