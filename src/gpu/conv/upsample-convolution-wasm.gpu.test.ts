import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openWasm } from '#gpu/wasm/open-wasm.ts';
import { largestDifference } from '#testing/compare.ts';
import { hashValues } from '#testing/hash-values.ts';
import { referenceConvolution, sizesOf } from './convolution-reference.ts';
import { convolutionGeometry } from './geometry.ts';
import './upsample-convolution-wasm.ts';

type Shape = [number, number, number, number];

/** [batch, rows, columns, in, out] of the small image. */
const cases = [
  [1, 1, 1, 1, 1],
  [2, 3, 5, 3, 5],
  [1, 7, 2, 5, 12],
  [4, 2, 2, 256, 128],
  [2, 8, 8, 128, 64],
  [1, 32, 32, 64, 3],
] as const;

/** Visits each pixel of the enlarged image with the flat indices of its values and of their source. */
const visitEnlarged = (
  [batch, rows, columns, channels]: Shape,
  see: (large: number, small: number) => void,
) => {
  let large = 0;
  for (let row = 0; row < batch * rows * 2; row++) {
    for (let column = 0; column < columns * 2; column++) {
      const source = ((row >> 1) * columns + (column >> 1)) * channels;
      for (let channel = 0; channel < channels; channel++) see(large++, source + channel);
    }
  }
};

/**
 * As for the convolution itself: a sum of `terms` products has an error of at most 8 deviations of
 * 2^-24 terms / sqrt(18). K's taps sum up to four of the filter's before the products, which doubles their size and adds
 * a rounding each.
 */
const tolerance = (terms: number): number => 2 * 2 ** -24 * (4 + (8 / Math.sqrt(18)) * terms);

describe('the kernels of the convolution of an enlarged image, wasm', () => {
  beforeAll(async () => {
    await openWasm();
  });
  beforeEach(() => tf.engine().startScope());
  afterEach(() => tf.engine().endScope());

  for (const [batch, rows, columns, input, output] of cases) {
    it(`equal float64 for ${batch}x${rows}x${columns}x${input} to ${output}`, async () => {
      const inputShape: Shape = [batch, rows, columns, input];
      const filterShape: Shape = [3, 3, input, output];
      const geometry = convolutionGeometry([batch, 2 * rows, 2 * columns, input], filterShape, 1);
      const sizes = sizesOf(geometry);
      const x = hashValues(sizes.x / 4, 1);
      const filter = hashValues(sizes.filter, 2);
      const dy = hashValues(sizes.y, 3);
      const enlarged = new Float32Array(sizes.x);
      visitEnlarged(inputShape, (large, small) => {
        enlarged[large] = x[small]!;
      });
      const expected = referenceConvolution(geometry, { x: enlarged, filter, dy });
      const dx = new Float64Array(x.length);
      visitEnlarged(inputShape, (large, small) => {
        dx[small]! += expected.dx[large]!;
      });

      const tensors = {
        x: tf.tensor4d(x, inputShape),
        filter: tf.tensor4d(filter, filterShape),
        dy: tf.tensor4d(dy, [batch, 2 * rows, 2 * columns, output]),
      };
      const before = tf.memory().numTensors;
      const dataBefore = tf.engine().backend.numDataIds();
      const run = (name: string, inputs: tf.NamedTensorMap): tf.Tensor =>
        tf.engine().runKernel(`ResiduaUpsampleConvolution${name}`, inputs, { inputShape, filterShape });
      const y = run('', { x: tensors.x, filter: tensors.filter });
      const xGradient = run('InputGradient', { dy: tensors.dy, filter: tensors.filter });
      const filterGradient = run('FilterGradient', { x: tensors.x, dy: tensors.dy });
      expect(tf.memory().numTensors).toBe(before + 3);
      expect(tf.engine().backend.numDataIds()).toBe(dataBefore + 3);
      expect(largestDifference(await y.data(), expected.y), 'y').toBeLessThan(tolerance(9 * input));
      expect(largestDifference(await xGradient.data(), dx), 'dx').toBeLessThan(tolerance(36 * output));
      expect(largestDifference(await filterGradient.data(), expected.dFilter), 'filter').toBeLessThan(
        tolerance(batch * rows * columns * 4),
      );
      expect(xGradient.shape).toEqual(inputShape);
      expect(filterGradient.shape).toEqual(filterShape);
    });
  }
});
