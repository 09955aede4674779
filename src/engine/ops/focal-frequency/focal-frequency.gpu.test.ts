import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { relativeError } from '#testing/compare.ts';
import golden from '#testing/golden/focal-frequency.golden.json';
import { describeBackends, describeGpu } from '#testing/gpu.ts';
import { hashValues } from '#testing/hash-values.ts';
import { gpu, serial, smallGroups } from '#testing/workgroup-limits.ts';
import type { WorkgroupLimits } from '../fft/plan.ts';
import { focalFrequencyLoss } from './focal-frequency.ts';
import { focalWeights, referenceFocal } from './focal-reference.ts';

type Shape = readonly [number, number, number, number];

const image = (shape: Shape, series: number): Float32Array =>
  hashValues(tf.util.sizeFromShape([...shape]), series, 0, 1);

const norm = (values: ArrayLike<number>): number => {
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += values[i] ** 2;
  return Math.sqrt(squares);
};

/**
 * Two transforms of log2(MN) levels, a rounding of 2^-24 each. An error of D comes back 1 + alpha times in |D|^alpha D and
 * alpha times in the maximum; `pow` of an exponent that is not whole may err by a further 32 roundings, since the logarithm
 * of |D| < 2^16 has an absolute error of a few units in the place of 16. A factor 4 as in the WFDL's tests.
 */
const tolerance = ([, rows, columns]: Shape, alpha: number): number =>
  4 * 2 ** -24 * (2 * Math.log2(rows * columns) * (1 + 2 * alpha) + (Number.isInteger(alpha) ? 0 : 32));

const lossAndGradient = async (
  x: Float32Array,
  y: Float32Array,
  shape: Shape,
  alpha: number,
  limits?: WorkgroupLimits,
): Promise<{ loss: number; gradient: Float32Array }> => {
  const target = tf.tensor4d(x, [...shape]);
  const options = limits ? { alpha, limits } : { alpha };
  const { value, grad } = tf.valueAndGrad((t) => focalFrequencyLoss(target, t as tf.Tensor4D, options))(
    tf.tensor4d(y, [...shape]),
  );
  return { loss: (await value.data())[0], gradient: (await grad.data()) as Float32Array };
};

const expectReference = async (shape: Shape, alpha: number, limits?: WorkgroupLimits): Promise<void> => {
  const [x, y] = [image(shape, 3), image(shape, 4)];
  const actual = await lossAndGradient(x, y, shape, alpha, limits);
  const expected = referenceFocal(x, y, focalWeights(x, y, alpha, shape), shape);
  const bound = tolerance(shape, alpha);
  expect(Math.abs(actual.loss / expected.loss - 1)).toBeLessThan(bound);
  expect(relativeError(actual.gradient, expected.gradient)).toBeLessThan(bound);
};

describeBackends('the focal frequency loss', () => {
  for (const { shape, alpha, loss, gradient, gradientNorm } of golden.cases) {
    it(`agrees with PyTorch: ${shape.join(' x ')}, alpha ${alpha}`, async () => {
      const [batch, rows, columns, channels] = shape as [number, number, number, number];
      const size: Shape = [batch, rows, columns, channels];
      const actual = await lossAndGradient(image(size, 1), image(size, 2), size, alpha);
      const bound = tolerance(size, alpha);
      expect(Math.abs(actual.loss / loss - 1)).toBeLessThan(bound);
      expect(Math.abs(norm(actual.gradient) / gradientNorm - 1)).toBeLessThan(bound);
      if (gradient) expect(relativeError(actual.gradient, gradient)).toBeLessThan(bound);
    });
  }

  for (const [shape, alpha] of [
    [[3, 32, 64, 4], 1],
    [[1, 64, 8, 1], 2.5],
    [[2, 8, 128, 3], 3],
    [[1, 512, 8, 3], 2],
    [[1, 8, 16, 1], 0],
    [[1, 16, 16, 3], 4],
  ] as const) {
    it(`agrees with float64 at ${shape.join(' x ')}, alpha ${alpha}`, () => expectReference(shape, alpha));
  }

  it('is the mean squared error at alpha 0', async () => {
    const shape: Shape = [2, 16, 8, 3];
    const [x, y] = [image(shape, 5), image(shape, 6)];
    const { loss, gradient } = await lossAndGradient(x, y, shape, 0);
    // Parseval: the mean of |D|^2 / MN is that of (y - x)^2.
    const difference = Float64Array.from(y, (value, i) => value - x[i]);
    expect(Math.abs(loss / (norm(difference) ** 2 / x.length) - 1)).toBeLessThan(tolerance(shape, 0));
    const slopes = difference.map((value) => (2 * value) / x.length);
    expect(relativeError(gradient, slopes)).toBeLessThan(tolerance(shape, 0));
  });

  it('has the gradient that float64 finite differences show with the weight held', async () => {
    const shape: Shape = [2, 8, 8, 3];
    const [x, y] = [image(shape, 5), image(shape, 6)];
    const { gradient } = await lossAndGradient(x, y, shape, 1);
    const weights = focalWeights(x, y, 1, shape);
    const step = 1e-4;
    for (const index of [0, 1, 77, 200, 383]) {
      const moved = (by: number) => {
        const values = Float64Array.from(y);
        values[index] += by;
        return referenceFocal(x, values, weights, shape).loss;
      };
      // The loss with held weights is a square: central differences are exact but for rounding.
      const slope = (moved(step) - moved(-step)) / (2 * step);
      expect(Math.abs(gradient[index] - slope)).toBeLessThan(tolerance(shape, 1) * norm(gradient));
    }
  });

  it('normalizes each channel of each image by itself', async () => {
    const shape: Shape = [1, 8, 8, 2];
    const x = new Float32Array(128);
    // A constant per channel: D(0, 0) = 64 d alone, whose weight is 1. The mean over 64 frequencies of D^2 / 64 is d^2.
    const y = Float32Array.from(x, (_, i) => (i % 2 === 0 ? 0.5 : 0.25));
    const { loss, gradient } = await lossAndGradient(x, y, shape, 1);
    expect(loss).toBeCloseTo((0.5 ** 2 + 0.25 ** 2) / 2, 7);
    gradient.forEach((slope, i) => {
      expect(slope).toBeCloseTo((2 * (i % 2 === 0 ? 0.5 : 0.25)) / 128, 9);
    });
  });

  it('is 0 with gradient 0 where the images are equal, for every alpha', async () => {
    const shape: Shape = [2, 16, 8, 3];
    const x = image(shape, 7);
    for (const alpha of [0, 0.5, 1, 3.5, 4]) {
      const { loss, gradient } = await lossAndGradient(x, x, shape, alpha);
      expect(loss).toBe(0);
      expect(gradient.every((value) => value === 0)).toBe(true);
    }
  });

  it('is finite where the difference is tiny, or as large as images allow', async () => {
    const shape: Shape = [1, 16, 16, 1];
    const x = new Float32Array(256);
    for (const size of [1, 1e-6, 1e-12, 1e-40]) {
      for (const alpha of [0, 3.5, 4]) {
        const { loss, gradient } = await lossAndGradient(
          x,
          x.map(() => size),
          shape,
          alpha,
        );
        expect(Number.isFinite(loss)).toBe(true);
        expect(gradient.every(Number.isFinite)).toBe(true);
      }
    }
  });

  it('is scaled by what follows, and gives the same bits again', async () => {
    const shape: Shape = [3, 16, 16, 3];
    const [x, y] = [tf.tensor4d(image(shape, 8), [...shape]), tf.tensor4d(image(shape, 9), [...shape])];
    const scaled = (factor: number) =>
      tf
        .grad((t) => tf.mul(focalFrequencyLoss(x, t as tf.Tensor4D, { alpha: 1 }), factor))(y)
        .data();
    const [once, again, tripled] = [await scaled(1), await scaled(1), await scaled(-3)];
    expect(again).toEqual(once);
    expect(
      relativeError(
        tripled,
        once.map((value) => -3 * value),
      ),
    ).toBeLessThan(2 ** -22);
  });

  it('leaves no tensor behind, with and without a gradient', () => {
    const shape: Shape = [1, 16, 16, 3];
    const [x, y] = [tf.tensor4d(image(shape, 1), [...shape]), tf.tensor4d(image(shape, 2), [...shape])];
    const loss = (t: tf.Tensor) => focalFrequencyLoss(x, t as tf.Tensor4D, { alpha: 1 });
    const gradient = tf.grad(loss);
    const count = () => [tf.memory().numTensors, tf.memory().numDataBuffers];
    tf.dispose([loss(y), gradient(y)]);
    const before = count();
    tf.dispose([loss(y), gradient(y)]);
    expect(count()).toEqual(before);
  });

  it('refuses images that do not fit and an alpha outside of its range', () => {
    const x = tf.zeros<tf.Rank.R4>([1, 8, 8, 3]);
    expect(() => focalFrequencyLoss(x, tf.zeros([2, 8, 8, 3]), { alpha: 1 })).toThrow(
      '[2, 8, 8, 3], expected one shape',
    );
    for (const alpha of [-1, 5, Number.NaN]) {
      expect(() => focalFrequencyLoss(x, x, { alpha })).toThrow(
        `alpha = ${alpha}, expected a number from 0 to 4`,
      );
    }
  });
});

describeGpu('the focal frequency loss with the plan of another device', () => {
  for (const [limits, shape] of [
    [smallGroups, [1, 32, 32, 3]],
    [smallGroups, [3, 16, 8, 5]],
    [gpu, [1, 256, 8, 3]],
    [gpu, [3, 8, 512, 1]],
    [serial, [2, 32, 16, 3]],
    [serial, [1, 64, 8, 5]],
  ] as const) {
    it(`gives the same with ${JSON.stringify(limits)} at ${shape.join(' x ')}`, () =>
      expectReference(shape, 1, limits));
  }
});
