import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { largestDifference } from '#testing/compare.ts';
import { describeGpu } from '#testing/gpu.ts';
import { hashValues } from '#testing/hash-values.ts';
import { upsampleNearest } from './upsample-nearest.ts';

type Shape = [number, number, number, number];

const shapes: Shape[] = [
  [1, 1, 1, 1],
  [2, 3, 5, 3],
  [3, 4, 2, 8],
  [2, 64, 64, 16],
];

describeGpu('upsampleNearest', () => {
  for (const shape of shapes) {
    const [batch, rows, columns, channels] = shape;
    /** Visits each pixel of the large image with the flat indices of its value and of its source. */
    const visit = (see: (large: number, small: number) => void): void => {
      let large = 0;
      for (let image = 0; image < batch; image++) {
        for (let row = 0; row < 2 * rows; row++) {
          for (let column = 0; column < 2 * columns; column++) {
            const source = ((image * rows + (row >> 1)) * columns + (column >> 1)) * channels;
            for (let channel = 0; channel < channels; channel++) see(large++, source + channel);
          }
        }
      }
    };

    it(`repeats every pixel of [${shape}] exactly, and sums the gradient of its four`, async () => {
      const values = hashValues(batch * rows * columns * channels, 1);
      const weights = hashValues(values.length * 4, 2);
      const x = tf.tensor4d(values, shape);
      const y = upsampleNearest(x);
      expect(y.shape).toEqual([batch, 2 * rows, 2 * columns, channels]);
      const expected = new Float32Array(values.length * 4);
      const gradient = new Float64Array(values.length);
      visit((large, small) => {
        expected[large] = values[small]!;
        gradient[small]! += weights[large]!;
      });
      expect(largestDifference(await y.data(), expected)).toBe(0);
      const dx = tf.grad((input) => upsampleNearest(input as tf.Tensor4D))(x, tf.tensor4d(weights, y.shape));
      // Three additions of values below 4: at most 3 roundings of 2 ulp(2).
      expect(largestDifference(await dx.data(), gradient)).toBeLessThan(3 * 4 * 2 ** -24);
    });
  }
});
