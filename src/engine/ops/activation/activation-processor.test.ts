/**
 * Test plan: values and gradients against JavaScript, at sizes near the vector size (4) and the chunk size
 * (16384), and with channel counts that are no multiple of the vector size; NaN; saturation; chunks in any
 * order.
 */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { largestDifference } from '#testing/compare.ts';
import { hashValues } from '#testing/hash-values.ts';
import { openProcessor } from '../../cpu/testing/open-processor.ts';
import { accumulate, copyInto, fillZero, storeColumn } from '../elementwise/in-place.ts';
import { addRelu, biasSigmoid } from './activation.ts';
import { addReluUpsampled } from './add-relu-upsampled.ts';

type Shape = [number, number, number, number];

const unit = 2 ** -24;
const sizeOf = (shape: Shape): number => shape.reduce((product, size) => product * size, 1);

beforeAll(async () => {
  await openProcessor();
});

describe('addRelu on the processor', () => {
  for (const shape of [
    [1, 1, 1, 1],
    [2, 5, 7, 3],
    [1, 64, 64, 17],
  ] as Shape[]) {
    it(`adds, cuts at 0 and passes the gradient if the sum is positive, on [${shape}]`, () => {
      const count = sizeOf(shape);
      const [a, b, weights] = [hashValues(count, 1), hashValues(count, 2), hashValues(count, 3)];
      const inputs = [tf.tensor4d(a, shape), tf.tensor4d(b, shape)] as const;
      const sums = a.map((value, index) => value + b[index]!);
      const positive = sums.map((sum) => Math.max(sum, 0));
      expect(largestDifference(addRelu(...inputs).dataSync(), positive)).toBe(0);
      const gradients = tf.grads((x, y) => addRelu(x as tf.Tensor4D, y as tf.Tensor4D))(
        [...inputs],
        tf.tensor4d(weights, shape),
      );
      const expected = weights.map((weight, index) => (sums[index]! > 0 ? weight : 0));
      for (const gradient of gradients) expect(largestDifference(gradient.dataSync(), expected)).toBe(0);
    });
  }

  it('lets NaN through', () => {
    const x = tf.tensor4d([Number.NaN, 1, -1, 0, Number.NaN], [1, 1, 1, 5]);
    expect(Array.from(addRelu(x, x).dataSync())).toEqual([Number.NaN, 2, 0, 0, Number.NaN]);
  });
});

describe('addReluUpsampled on the processor', () => {
  for (const shape of [
    [1, 1, 1, 1],
    [2, 3, 5, 6],
    [3, 2, 4, 16],
    [1, 32, 32, 24],
  ] as Shape[]) {
    it(`agrees with its definition on [${shape}], gradient included`, () => {
      const [batch, rows, columns, channels] = shape;
      const large: Shape = [batch, 2 * rows, 2 * columns, channels];
      const [a, b] = [hashValues(sizeOf(large), 1), hashValues(sizeOf(shape), 2)];
      const weights = hashValues(sizeOf(large), 3);
      const sourceOf = (index: number): number => {
        const channel = index % channels;
        const column = Math.floor(index / channels) % (2 * columns);
        const row = Math.floor(index / channels / (2 * columns));
        // Rows are numbered through all images: each image has an even number of rows.
        return ((row >> 1) * columns + (column >> 1)) * channels + channel;
      };
      const sums = a.map((value, index) => value + b[sourceOf(index)]!);
      const open = weights.map((weight, index) => (sums[index]! > 0 ? weight : 0));
      const small = new Float64Array(b.length);
      open.forEach((value, index) => {
        small[sourceOf(index)]! += value;
      });
      const inputs = [tf.tensor4d(a, large), tf.tensor4d(b, shape)] as const;
      const positive = sums.map((sum) => Math.max(sum, 0));
      expect(largestDifference(addReluUpsampled(...inputs).dataSync(), positive)).toBe(0);
      const [da, db] = tf.grads((x, y) => addReluUpsampled(x as tf.Tensor4D, y as tf.Tensor4D))(
        [...inputs],
        tf.tensor4d(weights, large),
      ) as [tf.Tensor, tf.Tensor];
      expect(largestDifference(da.dataSync(), open)).toBe(0);
      // Three additions of values below 1.
      expect(largestDifference(db.dataSync(), small)).toBeLessThan(8 * unit);
    });
  }

  it('lets NaN through', () => {
    const a = tf.tensor4d(new Float32Array(20).fill(Number.NaN), [1, 2, 2, 5]);
    const b = tf.tensor4d(new Float32Array(5), [1, 1, 1, 5]);
    expect(addReluUpsampled(a, b).dataSync().every(Number.isNaN)).toBe(true);
  });
});

describe('biasSigmoid on the processor', () => {
  for (const shape of [
    [1, 1, 1, 3],
    [2, 9, 5, 3],
    [4, 64, 64, 3],
    [2, 4, 4, 8],
  ] as Shape[]) {
    it(`agrees with float64 on [${shape}], gradient included`, () => {
      const count = sizeOf(shape);
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
      // The argument's rounding (5 units) times the slope (1/4), exp's 2 units times y (1 - y), and a few for the rest.
      const tolerance = 6 * unit;
      expect(largestDifference(biasSigmoid(input, biases).dataSync(), y)).toBeLessThan(tolerance);
      const [dx, dbias] = tf.grads((a, b) => biasSigmoid(a as tf.Tensor4D, b as tf.Tensor1D))(
        [input, biases],
        tf.tensor4d(weights, shape),
      ) as [tf.Tensor, tf.Tensor];
      expect(largestDifference(dx.dataSync(), slopes)).toBeLessThan(tolerance);
      // Errors of the summands are independent, so their sum grows with the square root of their number.
      const rows = count / channels;
      expect(largestDifference(dbias.dataSync(), sums)).toBeLessThan(tolerance * Math.sqrt(rows));
    });
  }

  it('saturates without NaN, and lets NaN through', () => {
    const x = tf.tensor4d([-1000, 0, 1000, Number.NaN], [1, 1, 1, 4]);
    const zeros = tf.tensor1d([0, 0, 0, 0]);
    expect(Array.from(biasSigmoid(x, zeros).dataSync())).toEqual([0, 0.5, 1, Number.NaN]);
  });

  it('has no error above 2^-22 anywhere', () => {
    const x = Float32Array.from({ length: 40_000 }, (_, i) => i / 200 - 100);
    const y = biasSigmoid(tf.tensor4d(x, [1, 1, 40_000, 1]), tf.tensor1d([0])).dataSync();
    const expected = Float64Array.from(x, (value) => 1 / (1 + Math.exp(-value)));
    expect(largestDifference(y, expected)).toBeLessThan(4 * unit);
  });
});

describe('ops in place on the processor', () => {
  for (const size of [1, 5, 16_384, 16_387]) {
    it(`copy, add, store and clear ${size} values`, () => {
      const [a, b] = [hashValues(size, 1), hashValues(size, 2)];
      const target = tf.tensor1d(a);
      accumulate(target, tf.tensor1d(b));
      const sums = a.map((value, index) => value + b[index]!);
      expect(target.dataSync()).toEqual(sums);
      copyInto(target, tf.tensor1d(b));
      storeColumn(tf.reshape<tf.Rank.R2>(target, [1, size]), tf.scalar(size - 1), [tf.scalar(7)]);
      expect(target.dataSync()).toEqual(Float32Array.of(...b.slice(0, -1), 7));
      fillZero(target);
      expect(target.dataSync().every((value) => value === 0)).toBe(true);
    });
  }
});
