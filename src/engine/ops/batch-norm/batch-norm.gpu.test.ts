import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import {
  type BatchNormCase,
  referenceApply,
  referenceGradient,
  referenceMoments,
} from '#testing/batch-norm-reference.ts';
import { largestDifference, largestMagnitude } from '#testing/compare.ts';
import { describeBackends } from '#testing/gpu.ts';
import { hashValues } from '#testing/hash-values.ts';
import { batchNormApply, batchNormEpsilon, batchNormTrain } from './batch-norm.ts';

type Shape = [number, number, number, number];

const unit = 2 ** -24;

/**
 * Shapes just below and above the size of a block (4 rows), of a workgroup's pass and of all groups; some odd
 * channel counts.
 */
const shapes: Shape[] = [
  [1, 1, 2, 1],
  [2, 3, 5, 3],
  [1, 64, 33, 1],
  [4, 32, 32, 32],
  [3, 31, 23, 32],
  [5, 2, 2, 256],
  [2, 9, 7, 60],
  [8, 64, 65, 8],
];

const makeCase = (shape: Shape, relu: boolean, shift = 0): BatchNormCase => {
  const channels = shape[3];
  const rows = shape[0] * shape[1] * shape[2];
  return {
    rows,
    channels,
    x: hashValues(rows * channels, 1, shift - 1, shift + 1),
    affine: Float32Array.of(...hashValues(channels, 2, 0.5, 1.5), ...hashValues(channels, 3, -0.5, 0.5)),
    epsilon: batchNormEpsilon,
    relu,
  };
};

const tensors = (given: BatchNormCase, shape: Shape) => ({
  x: tf.tensor4d(Float32Array.from(given.x), shape),
  affine: tf.tensor2d(Float32Array.from(given.affine), [2, given.channels]),
});

/**
 * Allowed error of a normalized value. Rounding each value and the mean gives x - mean an error of about
 * |mean| units, which the division by the deviation enlarges to |mean| / deviation units. The joins (at most
 * some tens in sequence) and the following arithmetic add some tens of units of a value of at most 4.
 */
const tolerance = (given: BatchNormCase): number => {
  const moments = referenceMoments(given);
  let ratio = 0;
  for (let channel = 0; channel < given.channels; channel++) {
    const deviation = Math.sqrt(moments[given.channels + channel]! + given.epsilon);
    ratio = Math.max(ratio, Math.abs(moments[channel]!) / deviation);
  }
  return unit * (64 + 4 * ratio);
};

describeBackends('batchNormTrain', () => {
  for (const shape of shapes) {
    for (const relu of [false, true]) {
      it(`agrees with float64 on [${shape}]${relu ? ' with ReLU' : ''}, gradient included`, async () => {
        const given = makeCase(shape, relu);
        const { x, affine } = tensors(given, shape);
        const weights = hashValues(given.rows * given.channels, 4);
        const { y, moments } = batchNormTrain(x, affine, { relu });
        const [dx, daffine] = tf.grads(
          (input, scale) => batchNormTrain(input as tf.Tensor4D, scale as tf.Tensor2D, { relu }).y,
        )([x, affine], tf.tensor4d(weights, shape)) as [tf.Tensor, tf.Tensor];

        const expected = referenceMoments(given);
        expect(largestDifference(await moments.data(), expected)).toBeLessThan(tolerance(given));
        expect(largestDifference(await y.data(), referenceApply(given, expected))).toBeLessThan(
          tolerance(given),
        );

        // Every term of the gradient is of the order of largest |dy| weight / deviation; sums over rows lose at most
        // about sqrt(rows) units of their largest term (some tens in sequence each time).
        const gradient = referenceGradient(given, weights);
        const dxScale = Math.max(1, largestMagnitude(gradient.dx));
        expect(largestDifference(await dx.data(), gradient.dx)).toBeLessThan(8 * tolerance(given) * dxScale);
        const sumScale = 1 + Math.sqrt(given.rows) / 8;
        expect(largestDifference(await daffine.data(), gradient.daffine)).toBeLessThan(
          tolerance(given) * sumScale,
        );
      });
    }
  }

  it('keeps its digits if the mean is 4000 times the deviation', async () => {
    const shape: Shape = [2, 64, 48, 32];
    const given = makeCase(shape, false, 2000);
    const { x, affine } = tensors(given, shape);
    const { moments } = batchNormTrain(x, affine);
    const expected = referenceMoments(given);
    const got = await moments.data();
    // In float32, a naive E[x^2] - E[x]^2 would have an error of 2^-24 * 2000^2 = 0.24, nearly the variance
    // (1 / 3) itself.
    const varianceError = largestDifference(got.slice(32), expected.slice(32));
    expect(varianceError).toBeLessThan(2000 * unit * 8);
    expect(largestDifference(got.slice(0, 32), expected.slice(0, 32))).toBeLessThan(2000 * unit * 4);
  });

  it('gives the shift alone where a channel is constant', async () => {
    const x = tf.fill([2, 4, 4, 3], 7) as tf.Tensor4D;
    const affine = tf.tensor2d([2, 2, 2, 0.25, -0.5, 0], [2, 3]);
    const { y, moments } = batchNormTrain(x, affine);
    expect(Array.from(await moments.data())).toEqual([7, 7, 7, 0, 0, 0]);
    expect(Array.from((await y.data()).slice(0, 3))).toEqual([0.25, -0.5, 0]);
  });

  it('lets NaN through ReLU, so that a diverged run shows', async () => {
    const x = tf.fill([1, 2, 2, 4], Number.NaN) as tf.Tensor4D;
    const { y } = batchNormTrain(x, tf.ones([2, 4]), { relu: true });
    expect((await y.data()).every(Number.isNaN)).toBe(true);
  });

  it('gives the same bits every time', async () => {
    const shape: Shape = [3, 31, 23, 32];
    const { x, affine } = tensors(makeCase(shape, false), shape);
    const first = await batchNormTrain(x, affine).moments.data();
    const second = await batchNormTrain(x, affine).moments.data();
    expect(second).toEqual(first);
  });

  it('leaves no tensors behind but its results', () => {
    const shape: Shape = [4, 32, 32, 32];
    const { x, affine } = tensors(makeCase(shape, true), shape);
    const before = tf.memory().numTensors;
    const backendBefore = tf.engine().backend.numDataIds();
    const results = tf.tidy(() =>
      tf.valueAndGrads((input, scale) =>
        tf.sum(batchNormTrain(input as tf.Tensor4D, scale as tf.Tensor2D, { relu: true }).y),
      )([x, affine]),
    );
    expect(tf.memory().numTensors - before).toBe(3);
    expect(tf.engine().backend.numDataIds() - backendBefore).toBe(3);
    tf.dispose([results.value, ...results.grads]);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('refuses a weight that does not fit the channels', () => {
    expect(() => batchNormTrain(tf.zeros([1, 2, 2, 4]), tf.zeros([2, 3]))).toThrow(/expected \[2, 4\]/);
  });
});

describeBackends('batchNormApply', () => {
  for (const relu of [false, true]) {
    it(`normalizes by the statistics given${relu ? ', with ReLU' : ''}`, async () => {
      const shape: Shape = [3, 5, 7, 12];
      const given = makeCase(shape, relu);
      const { x, affine } = tensors(given, shape);
      const statistics = Float32Array.of(...hashValues(12, 5), ...hashValues(12, 6, 0.2, 2));
      const y = batchNormApply(x, affine, tf.tensor2d(statistics, [2, 12]), { relu });
      expect(largestDifference(await y.data(), referenceApply(given, statistics))).toBeLessThan(64 * unit);
    });
  }
});
