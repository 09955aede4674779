import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { largestDifference } from '#testing/compare.ts';
import { describeGpu } from '#testing/gpu.ts';
import { hashValues } from '#testing/hash-values.ts';
import { linearSlopes } from '#testing/linear-slopes.ts';
import { referenceConvolution } from './convolution-reference.ts';
import { convolutionGeometry } from './geometry.ts';
import { sumTolerance } from './sum-tolerance.ts';
import {
  type UpsampleConvolutionAttributes,
  upsampleConvolution,
  upsampleConvolutionKernels,
} from './upsample-convolution.ts';
import type { ConvolutionDevice } from './webgpu/convolution-device.ts';

/** [batch, rows, columns, in, out] of the small image */
type Case = readonly [number, number, number, number, number];

/** The decoder's enlarging layers at side 64, with fewer channels where the reference would be slow. */
const layers: readonly Case[] = [
  [3, 2, 2, 256, 128],
  [2, 4, 4, 128, 128],
  [1, 8, 8, 128, 64],
  [1, 16, 16, 64, 64],
  [1, 32, 32, 32, 16],
  [1, 32, 32, 32, 3],
];

/** Single pixels and channels, odd sides, channel counts that are no multiple of four. */
const oddities: readonly Case[] = [
  [1, 1, 1, 1, 1],
  [2, 5, 7, 3, 5],
  [3, 7, 5, 12, 20],
  [1, 1, 9, 8, 24],
];

type Values = ArrayLike<number>;

/** Repeats every pixel in a 2x2 square; its transpose sums each square. */
const upsample = ([, , columns, channels]: Case, x: Values): Float64Array =>
  Float64Array.from({ length: x.length * 4 }, (_, index) => {
    const channel = index % channels;
    const column = Math.floor(index / channels) % (2 * columns);
    // The batch needs no separate index, since an image has an even number of rows.
    const row = Math.floor(index / (channels * 2 * columns));
    return x[((row >> 1) * columns + (column >> 1)) * channels + channel]!;
  });

const sumSquares = ([batch, rows, columns, channels]: Case, dy: Values): Float64Array => {
  const sums = new Float64Array(batch * rows * columns * channels);
  const places = upsample(
    [batch, rows, columns, channels, 0],
    sums.map((_, index) => index),
  );
  for (const [index, place] of places.entries()) sums[place]! += dy[index]!;
  return sums;
};

/** Enlargement and convolution one after the other, in float64. */
const reference = (
  definition: Case,
  { x, filter, dy }: { readonly x: Values; readonly filter: Values; readonly dy: Values },
) => {
  const [batch, rows, columns, input, output] = definition;
  const geometry = convolutionGeometry([batch, 2 * rows, 2 * columns, input], [3, 3, input, output], 1);
  const { y, dx, dFilter } = referenceConvolution(geometry, { x: upsample(definition, x), filter, dy });
  return { y, dx: sumSquares(definition, dx), dFilter };
};

const makeInputs = ([batch, rows, columns, input, output]: Case) => {
  const values = {
    x: hashValues(batch * rows * columns * input, 1),
    filter: hashValues(9 * input * output, 2),
    dy: hashValues(4 * batch * rows * columns * output, 3),
  };
  return {
    values,
    x: tf.tensor4d(values.x, [batch, rows, columns, input]),
    filter: tf.tensor4d(values.filter, [3, 3, input, output]),
    dy: tf.tensor4d(values.dy, [batch, 2 * rows, 2 * columns, output]),
  };
};

/**
 * The kernels' sums have fewer and larger terms than the definition, whose term count the tolerance uses. A
 * tap of the 4x4 filter is a sum of up to four values, rounded once or twice; this error is similar to that
 * of the terms it replaces.
 */
const tolerance = sumTolerance;

const classes: readonly ConvolutionDevice[] = ['cpu', 'swiftshader', 'gpu'];

describeGpu('the upsampling convolution', () => {
  for (const definition of [...layers, ...oddities]) {
    const [batch, rows, columns, input, output] = definition;
    it(`equals enlargement and convolution for ${batch}x${rows}x${columns}x${input} to ${output}`, async () => {
      const { values, x, filter, dy } = makeInputs(definition);
      const expected = reference(definition, values);
      const attributes: UpsampleConvolutionAttributes = { inputShape: x.shape, filterShape: filter.shape };
      for (const device of oddities.includes(definition) ? (['cpu', 'gpu'] as const) : classes) {
        const check = async (
          name: string,
          inputs: tf.NamedTensorMap,
          { like, values: wanted, terms }: { like: tf.Tensor; values: Float64Array; terms: number },
        ): Promise<void> => {
          const result = tf.engine().runKernel<tf.Tensor>(name, inputs, { ...attributes, device });
          expect(result.shape).toEqual(like.shape);
          expect(
            largestDifference(await result.data(), wanted),
            `${name}, planned for a ${device}`,
          ).toBeLessThan(tolerance(terms));
        };
        const { forward, inputGradient, filterGradient } = upsampleConvolutionKernels;
        await check(forward, { x, filter }, { like: dy, values: expected.y, terms: 9 * input });
        // Each value of the small image contributes to four pixels of the large image, with nine taps each.
        await check(inputGradient, { dy, filter }, { like: x, values: expected.dx, terms: 36 * output });
        await check(
          filterGradient,
          { x, dy },
          { like: filter, values: expected.dFilter, terms: 4 * batch * rows * columns },
        );
      }
    });
  }

  it('has the gradients that float64 finite differences give', async () => {
    const definition: Case = [1, 3, 2, 2, 3];
    const { values, x, filter, dy } = makeInputs(definition);
    const [dx, dFilter] = tf.grads((image, weights) =>
      upsampleConvolution(image as tf.Tensor4D, weights as tf.Tensor4D),
    )([x, filter], dy) as [tf.Tensor, tf.Tensor];
    /** The sum of dy y; the gradients are its slopes. */
    const objective = (inputs: Record<'x' | 'filter', Float64Array>): number => {
      const { y } = reference(definition, { ...inputs, dy: values.dy });
      return y.reduce((sum, value, index) => sum + value * values.dy[index]!, 0);
    };
    for (const [name, gradient] of [
      ['x', dx],
      ['filter', dFilter],
    ] as const) {
      const slopes = linearSlopes(values, name, objective);
      // The slopes are exact except for float64's roundings, and float32 sums at most 36 x 3 terms.
      expect(largestDifference(await gradient.data(), slopes)).toBeLessThan(tolerance(36 * 3));
    }
  });

  it('leaves no tensor behind', () => {
    const { x, filter, dy } = makeInputs([1, 3, 2, 2, 3]);
    const before = tf.memory().numTensors;
    const gradients = tf.grads((image, weights) =>
      upsampleConvolution(image as tf.Tensor4D, weights as tf.Tensor4D),
    )([x, filter], dy);
    expect(gradients.map(({ shape }) => shape)).toEqual([x.shape, filter.shape]);
    expect(tf.memory().numTensors).toBe(before + 2);
  });

  it('adds nothing for a tap outside the image, for any content of memory there', async () => {
    const x = tf.tensor4d([Number.POSITIVE_INFINITY, 1], [2, 1, 1, 1]);
    const y = upsampleConvolution(x, tf.ones<tf.Rank.R4>([3, 3, 1, 1]));
    const infinite = Number.POSITIVE_INFINITY;
    expect(Array.from(await y.data())).toEqual([infinite, infinite, infinite, infinite, 4, 4, 4, 4]);
  });

  it('refuses what it cannot do, naming the value', () => {
    const x = tf.zeros<tf.Rank.R4>([1, 4, 4, 2]);
    expect(() => upsampleConvolution(x, tf.zeros([1, 1, 2, 3]))).toThrow('1x1');
    expect(() => upsampleConvolution(x, tf.zeros([3, 3, 5, 3]))).toThrow('5 channels');
    expect(() => upsampleConvolution(tf.cast(x, 'int32'), tf.zeros([3, 3, 2, 3]))).toThrow('int32');
  });
});
