import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import type { ImageSet } from '#core/dataset.ts';
import { fft2 } from '#core/spectrum/fft.ts';
import { largestDifference, largestMagnitude } from '#testing/compare.ts';
import { describeBackends } from '#testing/gpu.ts';
import { tinyImages } from '#testing/tiny-images.ts';
import { meanSpectrumOf } from './mean-spectrum.ts';

/** Mean over the first `count` images and their channels of |F|, in float64. */
const reference = ({ side, pixels }: ImageSet, count: number): Float64Array => {
  const area = side * side;
  const mean = new Float64Array(area);
  for (let plane = 0; plane < 3 * count; plane++) {
    const start = Math.floor(plane / 3) * 3 * area + (plane % 3);
    const channel = Float64Array.from({ length: area }, (_, i) => pixels[start + 3 * i] / 255);
    const { real, imaginary } = fft2(channel, side, side);
    for (let i = 0; i < area; i++) mean[i] += Math.hypot(real[i], imaginary[i]) / (3 * count);
  }
  return mean;
};

describeBackends('the mean spectrum of an image set', () => {
  it('is that of the training images alone, a last batch that is not full included', async () => {
    const images = tinyImages(16, 11, 4);
    const before = tf.memory().numTensors;
    const { side, magnitude } = await meanSpectrumOf(images);
    expect(tf.memory().numTensors).toBe(before);
    expect(side).toBe(16);
    const expected = reference(images, 11);
    // float32 rounds by 6e-8 in each of the transform's 8 stages, at most so much of the largest value.
    expect(largestDifference(magnitude, expected)).toBeLessThan(1e-6 * largestMagnitude(expected));
  });

  it('is refused in words where there are no training images', async () => {
    await expect(meanSpectrumOf(tinyImages(16, 0, 2))).rejects.toMatchObject({ code: 'no-training-images' });
  });
});
