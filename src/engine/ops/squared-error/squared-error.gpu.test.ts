import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { describeBackends } from '#testing/gpu.ts';
import { hashValues } from '#testing/hash-values.ts';
import { meanSquaredError } from './squared-error.ts';

/** Both sides of a group's 1024 values and of vectors of four, and more values than all groups process at once. */
const counts = [1, 3, 64, 1024, 1025, 2047, 262_147, 1 << 20];

/** A float32 rounding. */
const unit = 2 ** -24;

describeBackends('meanSquaredError', () => {
  it.each(counts)('has the value and the gradient of float64 for %i values', async (count) => {
    const [x, y] = [hashValues(count, 1, 0, 1), hashValues(count, 2, 0, 1)];
    const target = tf.tensor1d(x);
    const { value, grad } = tf.valueAndGrad((values) => tf.mul(3, meanSquaredError(target, values)))(
      tf.tensor1d(y),
    );
    const expected = x.reduce((sum, each, index) => sum + (each - y[index]!) ** 2, 0) / count;
    // All terms are positive: each of the some 64 + 64 + 64 additions in a row, or the 64 of a long row, adds a rounding.
    const inARow = 192 + count / (64 * 256);
    expect(Math.abs((await value.data())[0]! / (3 * expected) - 1)).toBeLessThan(inARow * unit);
    const gradient = await grad.data();
    for (let index = 0; index < count; index += 1 + Math.floor(count / 100)) {
      const exact = (6 * (y[index]! - x[index]!)) / count;
      // Three products and a difference.
      expect(Math.abs(gradient[index]! - exact)).toBeLessThanOrEqual(8 * unit * Math.abs(exact));
    }
  });

  it('is 0 with a gradient of 0 where both are the same, and NaN where one value is', async () => {
    const x = tf.tensor2d(hashValues(6, 1), [2, 3]);
    const { value, grad } = tf.valueAndGrad((values) => meanSquaredError(x, values))(x.clone());
    expect((await value.data())[0]).toBe(0);
    expect(await grad.data()).toEqual(new Float32Array(6));
    expect((await meanSquaredError(x, tf.fill([2, 3], Number.NaN)).data())[0]).toBeNaN();
  });

  it('gives the same bits each time, and leaves nothing behind', async () => {
    const [x, y] = [1, 2].map((series) => tf.tensor1d(hashValues(70_001, series))) as [tf.Tensor, tf.Tensor];
    const first = await meanSquaredError(x, y).data();
    expect(await meanSquaredError(x, y).data()).toEqual(first);
    const before = tf.memory().numTensors;
    tf.dispose(tf.valueAndGrad((values) => meanSquaredError(x, values))(y));
    expect(tf.memory().numTensors).toBe(before);
  });

  it('refuses other shapes, naming both', () => {
    expect(() => meanSquaredError(tf.zeros([2, 3]), tf.zeros([3, 2]))).toThrow('[2,3] and [3,2]');
  });
});
