import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openWasm } from '#gpu/wasm/open-wasm.ts';
import { largestDifference } from '#testing/compare.ts';
import { hashValues } from '#testing/hash-values.ts';
import './add-relu-upsampled-wasm.ts';

type Shape = [number, number, number, number];

const run = (name: string, inputs: tf.NamedTensorMap): tf.Tensor | tf.Tensor[] =>
  tf.engine().runKernel(`ResiduaAddReluUpsampled${name}`, inputs);

describe('the kernels of addReluUpsampled, wasm', () => {
  beforeAll(async () => {
    await openWasm();
  });
  beforeEach(() => tf.engine().startScope());
  afterEach(() => tf.engine().endScope());

  for (const small of [
    [1, 1, 1, 1],
    [2, 3, 5, 3],
    [3, 8, 4, 32],
  ] as Shape[]) {
    it(`add each pixel of [${small}] to four, cut at 0, and sum the gradient of the four`, async () => {
      const [batch, rows, columns, channels] = small;
      const large: Shape = [batch, 2 * rows, 2 * columns, channels];
      const count = batch * rows * columns * channels;
      const [a, b, dy] = [hashValues(4 * count, 1), hashValues(count, 2), hashValues(4 * count, 3)];
      const expected = new Float64Array(4 * count);
      const da = new Float64Array(4 * count);
      const db = new Float64Array(count);
      for (let at = 0; at < 4 * count; at++) {
        const pixel = Math.floor(at / channels);
        const row = Math.floor(pixel / (2 * columns)) >> 1;
        const source = (row * columns + ((pixel % (2 * columns)) >> 1)) * channels + (at % channels);
        expected[at] = Math.max(0, a[at]! + b[source]!);
        da[at] = expected[at]! > 0 ? dy[at]! : 0;
        db[source]! += da[at]!;
      }
      const y = run('', { a: tf.tensor4d(a, large), b: tf.tensor4d(b, small) }) as tf.Tensor;
      // One rounding of a sum below 2.
      expect(largestDifference(await y.data(), expected)).toBeLessThanOrEqual(2 ** -24);
      const [gradientA, gradientB] = run('Gradient', { y, dy: tf.tensor4d(dy, large) }) as tf.Tensor[];
      expect(largestDifference(await gradientA!.data(), da)).toBe(0);
      // Computed in float64 and rounded once, to a value below 4.
      expect(largestDifference(await gradientB!.data(), db)).toBeLessThanOrEqual(2 ** -23);
      expect(gradientB!.shape).toEqual(small);
    });
  }

  it('let NaN through', async () => {
    const y = run('', {
      a: tf.fill([1, 2, 2, 1], 1),
      b: tf.tensor4d([Number.NaN], [1, 1, 1, 1]),
    }) as tf.Tensor;
    expect((await y.data()).every(Number.isNaN)).toBe(true);
  });
});
