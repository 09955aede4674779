import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { largestDifference } from '#testing/compare.ts';
import { describeBackends } from '#testing/gpu.ts';
import { hashValues } from '#testing/hash-values.ts';
import { addRelu, biasSigmoid } from './activation.ts';

type Shape = [number, number, number, number];

const unit = 2 ** -24;

describeBackends('addRelu', () => {
  for (const shape of [
    [1, 1, 1, 1],
    [2, 5, 7, 3],
    [4, 64, 64, 17],
  ] as Shape[]) {
    it(`adds, cuts at 0 and passes the gradient if the sum is positive, on [${shape}]`, async () => {
      const count = shape.reduce((product, size) => product * size, 1);
      const [a, b, weights] = [hashValues(count, 1), hashValues(count, 2), hashValues(count, 3)];
      const inputs = [tf.tensor4d(a, shape), tf.tensor4d(b, shape)] as const;
      const sums = a.map((value, index) => value + b[index]!);
      expect(
        largestDifference(
          await addRelu(...inputs).data(),
          sums.map((sum) => Math.max(sum, 0)),
        ),
      ).toBe(0);
      const gradients = tf.grads((x, y) => addRelu(x as tf.Tensor4D, y as tf.Tensor4D))(
        [...inputs],
        tf.tensor4d(weights, shape),
      );
      const expected = weights.map((weight, index) => (sums[index]! > 0 ? weight : 0));
      for (const gradient of gradients) {
        expect(largestDifference(await gradient.data(), expected)).toBe(0);
      }
    });
  }

  it('has the gradient 2 where both summands are the same tensor', async () => {
    const x = tf.tensor4d([1, -1], [1, 1, 1, 2]);
    const dx = tf.grad((input) => addRelu(input as tf.Tensor4D, input as tf.Tensor4D))(x);
    expect(Array.from(await dx.data())).toEqual([2, 0]);
  });

  it('lets NaN through', async () => {
    const x = tf.tensor4d([Number.NaN, 1], [1, 1, 1, 2]);
    expect(Array.from(await addRelu(x, x).data())).toEqual([Number.NaN, 2]);
  });

  it('refuses shapes that differ', () => {
    expect(() => addRelu(tf.zeros([1, 1, 1, 2]), tf.zeros([1, 1, 2, 1]))).toThrow(RangeError);
  });
});

describeBackends('biasSigmoid', () => {
  for (const shape of [
    [2, 9, 5, 3],
    [4, 64, 64, 3],
    [2, 4, 4, 8],
  ] as Shape[]) {
    it(`agrees with float64 on [${shape}], gradient included`, async () => {
      const count = shape.reduce((product, size) => product * size, 1);
      const channels = shape[3];
      const x = hashValues(count, 1, -4, 4);
      const bias = hashValues(channels, 2);
      const weights = hashValues(count, 3);
      const y = Float64Array.from(
        x,
        (value, index) => 1 / (1 + Math.exp(-(value + bias[index % channels]!))),
      );
      const slopes = Float64Array.from(y, (value, index) => weights[index]! * value * (1 - value));
      const sums = new Float64Array(channels);
      for (const [index, slope] of slopes.entries()) sums[index % channels]! += slope;

      const [input, biases] = [tf.tensor4d(x, shape), tf.tensor1d(bias)];
      // The argument's rounding (|x + bias| at most 5, so 5 units) times the slope (at most 1/4), plus
      // exp's error (WGSL allows 3 + 2 |x| ulp) times y (1 - y), plus a few units for the rest.
      const tolerance = 16 * unit;
      expect(largestDifference(await biasSigmoid(input, biases).data(), y)).toBeLessThan(tolerance);
      const [dx, dbias] = tf.grads((a, b) => biasSigmoid(a as tf.Tensor4D, b as tf.Tensor1D))(
        [input, biases],
        tf.tensor4d(weights, shape),
      ) as [tf.Tensor, tf.Tensor];
      expect(largestDifference(await dx.data(), slopes)).toBeLessThan(tolerance);
      // Errors of the summands are independent, so their sum grows with the square root of their number.
      const rows = count / channels;
      expect(largestDifference(await dbias.data(), sums)).toBeLessThan(tolerance * Math.sqrt(rows));
    });
  }

  it('saturates without NaN', async () => {
    const x = tf.tensor4d([-1000, 0, 1000], [1, 1, 1, 3]);
    expect(Array.from(await biasSigmoid(x, tf.zeros([3])).data())).toEqual([0, 0.5, 1]);
  });

  it('refuses a bias of another length', () => {
    expect(() => biasSigmoid(tf.zeros([1, 1, 1, 3]), tf.zeros([4]))).toThrow(RangeError);
  });
});
