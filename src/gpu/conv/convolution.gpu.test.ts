import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { largestDifference } from '#testing/compare.ts';
import { describeGpu } from '#testing/gpu.ts';
import { hashValues } from '#testing/hash-values.ts';
import { convolution } from './convolution.ts';
import { referenceConvolution, sizesOf } from './convolution-reference.ts';
import { type ConvolutionGeometry, convolutionGeometry } from './geometry.ts';

/** [batch, rows, columns, in, out, filter size, stride] */
type Case = readonly [number, number, number, number, number, number, number];

/** The layers of the model at side 64, channels scaled down where that keeps the reference quick. */
const layers: readonly Case[] = [
  [2, 64, 64, 3, 32, 3, 2],
  [2, 64, 64, 3, 32, 1, 2],
  [2, 32, 32, 16, 16, 3, 1],
  [1, 32, 32, 32, 64, 1, 1],
  [1, 32, 32, 64, 64, 3, 2],
  [2, 32, 32, 64, 64, 1, 2],
  [1, 16, 16, 64, 64, 3, 1],
  [1, 16, 16, 64, 128, 3, 2],
  [1, 8, 8, 128, 128, 3, 1],
  [3, 4, 4, 128, 256, 3, 2],
  [3, 4, 4, 128, 256, 1, 2],
  [4, 2, 2, 256, 256, 3, 1],
  [1, 16, 16, 128, 64, 1, 1],
  [1, 64, 64, 32, 3, 3, 1],
];

/** Every boundary: single pixels and channels, odd sides, channels that no vector of four divides, larger filters. */
const oddities: readonly Case[] = [
  [1, 1, 1, 1, 1, 3, 1],
  [1, 1, 1, 4, 8, 3, 2],
  [3, 5, 7, 1, 5, 3, 1],
  [1, 5, 7, 5, 3, 3, 2],
  [3, 7, 5, 12, 20, 3, 2],
  [1, 9, 4, 8, 24, 1, 2],
  [2, 5, 7, 6, 4, 1, 1],
  [1, 7, 9, 4, 4, 5, 3],
  [1, 17, 2, 4, 1, 3, 1],
];

const geometryOf = ([batch, rows, columns, input, output, size, stride]: Case): ConvolutionGeometry =>
  convolutionGeometry([batch, rows, columns, input], [size, size, input, output], stride);

const inputsOf = (geometry: ConvolutionGeometry) => {
  const sizes = sizesOf(geometry);
  return { x: hashValues(sizes.x, 1), filter: hashValues(sizes.filter, 2), dy: hashValues(sizes.y, 3) };
};

const run = async (
  geometry: ConvolutionGeometry,
  { x, filter, dy }: ReturnType<typeof inputsOf>,
): Promise<Record<'y' | 'dx' | 'dFilter', Float32Array>> => {
  const { batch, rows, columns, inputChannels, outputRows, outputColumns, outputChannels } = geometry;
  const { kernelRows, kernelColumns, stride } = geometry;
  const input = tf.tensor4d(x, [batch, rows, columns, inputChannels]);
  const weights = tf.tensor4d(filter, [kernelRows, kernelColumns, inputChannels, outputChannels]);
  const slope = tf.tensor4d(dy, [batch, outputRows, outputColumns, outputChannels]);
  const apply = (a: tf.Tensor, b: tf.Tensor) => convolution(a as tf.Tensor4D, b as tf.Tensor4D, { stride });
  const y = apply(input, weights);
  const [dx, dFilter] = tf.grads(apply)([input, weights], slope) as [tf.Tensor, tf.Tensor];
  expect(y.shape).toEqual(slope.shape);
  expect(dx.shape).toEqual(input.shape);
  expect(dFilter.shape).toEqual(weights.shape);
  return {
    y: (await y.data()) as Float32Array,
    dx: (await dx.data()) as Float32Array,
    dFilter: (await dFilter.data()) as Float32Array,
  };
};

/**
 * What float32 may lose in a sum of `terms` products of values spread over [-1, 1). Each of the additions rounds a
 * partial sum by at most 2^-24 of it. Partial sums after k terms are of the size sqrt(k) / 3 (a product has variance
 * 1/9), and roundings are as random as the values, so the error's standard deviation is at most
 * 2^-24 sqrt(sum of k / 9) = 2^-24 terms / sqrt(18). Eight of them are never seen in the at most 2^18 values compared
 * (probability 1e-10); the constant term is for sums of a few terms, which are not yet normal.
 */
const tolerance = (terms: number): number => 2 ** -24 * (2 + (8 / Math.sqrt(18)) * terms);

describeGpu('convolution', () => {
  for (const definition of [...layers, ...oddities]) {
    const geometry = geometryOf(definition);
    const [batch, rows, columns, input, output, size, stride] = definition;
    it(`of ${batch}x${rows}x${columns}x${input} to ${output}, ${size}x${size} / ${stride}, equals float64 in all directions`, async () => {
      const values = inputsOf(geometry);
      const actual = await run(geometry, values);
      const expected = referenceConvolution(geometry, values);
      expect(largestDifference(actual.y, expected.y)).toBeLessThan(tolerance(size * size * input));
      expect(largestDifference(actual.dx, expected.dx)).toBeLessThan(tolerance(size * size * output));
      const pixels = batch * geometry.outputRows * geometry.outputColumns;
      expect(largestDifference(actual.dFilter, expected.dFilter)).toBeLessThan(tolerance(pixels));
    });
  }
});
