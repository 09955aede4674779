import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { fft2 } from '#core/spectrum/fft.ts';
import { describeBackends } from '#testing/gpu.ts';
import { tinyImages } from '#testing/tiny-images.ts';
import { imageFloats } from './image-tensors.ts';
import { meanSpectrum } from './mean-spectrum.ts';

describeBackends('the mean spectrum of a category', () => {
  it('is that of its training images, of which the last batch may have fewer', async () => {
    const [side, train] = [16, 11];
    const images = tinyImages(side, train, 3);
    const expected = new Float64Array(side * side);
    for (let plane = 0; plane < 3 * train; plane++) {
      const values = imageFloats(images, Math.floor(plane / 3));
      const { real, imaginary } = fft2(
        expected.map((_, i) => values[3 * i + (plane % 3)]),
        side,
        side,
      );
      for (const [i, value] of real.entries()) expected[i] += Math.hypot(value, imaginary[i]) / (3 * train);
    }
    const before = tf.memory().numTensors;
    const actual = await meanSpectrum(images);
    expect(tf.memory().numTensors).toBe(before);
    // Eight levels of the transform and 33 planes, 2^-24 of the largest coefficient each.
    const bound = 41 * 2 ** -24 * expected[0];
    for (const [i, value] of expected.entries()) expect(Math.abs(actual[i] - value)).toBeLessThan(bound);
  });
});
