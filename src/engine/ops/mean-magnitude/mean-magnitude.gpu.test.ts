import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { fft2 } from '#core/spectrum/fft.ts';
import { describeBackends, describeGpu } from '#testing/gpu.ts';
import { hashValues } from '#testing/hash-values.ts';
import type { WorkgroupLimits } from '../fft/plan.ts';
import { meanMagnitude } from './mean-magnitude.ts';

type Shape = readonly [number, number, number, number];

const reference = (x: Float32Array, [batch, rows, columns, channels]: Shape): Float64Array => {
  const mean = new Float64Array(rows * columns);
  for (let plane = 0; plane < batch * channels; plane++) {
    const start = Math.floor(plane / channels) * rows * columns * channels + (plane % channels);
    const values = Float64Array.from(mean, (_, i) => x[start + i * channels]);
    const { real, imaginary } = fft2(values, rows, columns);
    real.forEach((value, i) => {
      mean[i] += Math.hypot(value, imaginary[i]) / (batch * channels);
    });
  }
  return mean;
};

const expectReference = async (shape: Shape, limits?: WorkgroupLimits): Promise<void> => {
  const [, rows, columns] = shape;
  const x = hashValues(tf.util.sizeFromShape([...shape]), 1, -1, 1);
  const mean = meanMagnitude(tf.tensor4d(x, [...shape]), limits);
  expect(mean.shape).toEqual([rows, columns]);
  const actual = await mean.data();
  // Each level of the transform rounds by 2^-24 of the whole spectrum's size, sqrt(MN) times the values' 1; the sum over
  // planes rounds each time. A factor 4 for the worst of all frequencies.
  const levels = Math.log2(rows * columns) + shape[0] * shape[3];
  const bound = 4 * 2 ** -24 * levels * Math.sqrt(rows * columns);
  for (const [i, value] of reference(x, shape).entries()) {
    if (!(Math.abs(actual[i] - value) < bound)) expect.fail(`Value ${i} is ${actual[i]}, expected ${value}.`);
  }
};

describeBackends('the mean spectrum', () => {
  for (const shape of [
    [1, 8, 8, 1],
    [3, 16, 32, 3],
    [2, 64, 8, 4],
  ] as const) {
    it(`agrees with float64 at ${shape.join(' x ')}`, () => expectReference(shape));
  }

  it('leaves no tensor behind', () => {
    const x = tf.zeros<tf.Rank.R4>([2, 16, 16, 3]);
    meanMagnitude(x).dispose();
    const before = [tf.memory().numTensors, tf.memory().numDataBuffers];
    meanMagnitude(x).dispose();
    expect([tf.memory().numTensors, tf.memory().numDataBuffers]).toEqual(before);
  });
});

describeGpu('the mean spectrum with the plan of another device', () => {
  for (const exchange of ['workgroup', 'private'] as const) {
    it(`is the same where lines are ${exchange}`, () =>
      expectReference([2, 32, 16, 3], { invocations: 64, storageBytes: 16_384, exchange }));
  }
});
