import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { largestDifference } from '#testing/compare.ts';
import { describeGpu } from '#testing/gpu.ts';
import { hashValues } from '#testing/hash-values.ts';
import { addReluUpsampled } from './add-relu-upsampled.ts';

type Shape = [number, number, number, number];

const shapes: Shape[] = [
  [1, 1, 1, 1],
  [2, 3, 5, 3],
  [3, 4, 2, 8],
  [2, 64, 64, 16],
];

describeGpu('addReluUpsampled', () => {
  for (const shape of shapes) {
    const [batch, rows, columns, channels] = shape;
    const large: Shape = [batch, 2 * rows, 2 * columns, channels];
    /** For each value of the large image, the flat index of its source value in the small image. */
    const sources: number[] = [];
    for (let image = 0; image < batch; image++) {
      for (let row = 0; row < 2 * rows; row++) {
        for (let column = 0; column < 2 * columns; column++) {
          const source = ((image * rows + (row >> 1)) * columns + (column >> 1)) * channels;
          for (let channel = 0; channel < channels; channel++) sources.push(source + channel);
        }
      }
    }

    it(`adds every pixel of [${shape}] to four, cuts at 0, and sums the gradient of the four`, async () => {
      const a = hashValues(sources.length, 1);
      const b = hashValues(sources.length / 4, 2);
      const weights = hashValues(sources.length, 3);
      const sums = a.map((value, index) => value + b[sources[index]!]!);
      const inputs = [tf.tensor4d(a, large), tf.tensor4d(b, shape)];
      const apply = (x: tf.Tensor, small: tf.Tensor): tf.Tensor =>
        addReluUpsampled(x as tf.Tensor4D, small as tf.Tensor4D);
      // One addition, rounded the same way on the device and here.
      expect(
        largestDifference(
          await apply(inputs[0]!, inputs[1]!).data(),
          sums.map((sum) => Math.max(sum, 0)),
        ),
      ).toBe(0);

      const slope = weights.map((weight, index) => (sums[index]! > 0 ? weight : 0));
      const small = new Float64Array(b.length);
      for (const [index, value] of slope.entries()) small[sources[index]!]! += value;
      const [da, db] = tf.grads(apply)(inputs, tf.tensor4d(weights, large)) as [tf.Tensor, tf.Tensor];
      expect(largestDifference(await da.data(), slope)).toBe(0);
      // Three additions of values below 4: at most 3 roundings of 2 ulp(2).
      expect(largestDifference(await db.data(), small)).toBeLessThan(3 * 4 * 2 ** -24);
    });
  }

  it('lets NaN through', async () => {
    const y = addReluUpsampled(tf.ones([1, 2, 2, 1]), tf.tensor4d([Number.NaN], [1, 1, 1, 1]));
    expect(Array.from(await y.data())).toEqual([Number.NaN, Number.NaN, Number.NaN, Number.NaN]);
  });

  it('refuses shapes that do not fit', () => {
    expect(() => addReluUpsampled(tf.zeros([1, 2, 4, 2]), tf.zeros([1, 1, 1, 2]))).toThrow('[1,2,2,2]');
  });
});
