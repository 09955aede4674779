import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import type { WeightName } from '#core/config.ts';
import { frequencyWeight } from '#core/frequency-weight/frequency-weight.ts';
import { presets } from '#core/presets.ts';
import { relativeError } from '#testing/compare.ts';
import golden from '#testing/golden/wfdl.golden.json';
import { describeBackends, describeGpu } from '#testing/gpu.ts';
import { hashValues } from '#testing/hash-values.ts';
import { gpu, serial, smallGroups } from '#testing/workgroup-limits.ts';
import type { WorkgroupLimits } from '../fft/plan.ts';
import { wfdlLoss, wfdlLossByTwo } from './wfdl.ts';
import { referenceWfdl } from './wfdl-reference.ts';

const weightOf = (weight: WeightName, rows: number, columns: number, dcWeight: number): Float32Array =>
  frequencyWeight({ ...presets.paper, weight, dcWeight }, rows, columns);

type Shape = readonly [number, number, number, number];

const image = (shape: Shape, series: number): Float32Array =>
  hashValues(tf.util.sizeFromShape([...shape]), series, 0, 1);

/**
 * Relative L2 error of the gradient: two transforms of log2(MN) levels with a rounding of 2^-24 each; the unit spectrum
 * between them keeps relative errors, of which a small |D| may have more: a factor 4 for that.
 */
const tolerance = (rows: number, columns: number): number => 4 * 2 ** -24 * 2 * Math.log2(rows * columns);

const lossAndGradient = async (
  x: Float32Array,
  y: Float32Array,
  weight: Float32Array,
  shape: Shape,
  limits?: WorkgroupLimits,
): Promise<{ loss: number; gradient: Float32Array }> => {
  const w = tf.tensor2d(weight, [shape[1], shape[2]]);
  const target = tf.tensor4d(x, [...shape]);
  const { value, grad } = tf.valueAndGrad((t) => wfdlLoss(target, t as tf.Tensor4D, w, limits))(
    tf.tensor4d(y, [...shape]),
  );
  return { loss: (await value.data())[0], gradient: (await grad.data()) as Float32Array };
};

describeBackends('the weighted frequency domain loss', () => {
  for (const { shape, weight, dcWeight, loss, gradient, gradientNorm } of golden.cases) {
    it(`agrees with PyTorch: ${shape.join(' x ')}, ${weight}, DC weight ${dcWeight}`, async () => {
      const [batch, rows, columns, channels] = shape as [number, number, number, number];
      const size: Shape = [batch, rows, columns, channels];
      const name = weight as WeightName;
      const actual = await lossAndGradient(
        image(size, 1),
        image(size, 2),
        weightOf(name, rows, columns, dcWeight),
        size,
      );
      // The loss is a mean of positive terms: their relative error, and that of adding them up in levels.
      expect(Math.abs(actual.loss / loss - 1)).toBeLessThan(tolerance(rows, columns));
      expect(Math.abs(Math.hypot(...blocks(actual.gradient)) / gradientNorm - 1)).toBeLessThan(
        tolerance(rows, columns),
      );
      if (gradient) expect(relativeError(actual.gradient, gradient)).toBeLessThan(tolerance(rows, columns));
    });
  }

  for (const shape of [
    [1, 8, 8, 1],
    [3, 16, 16, 3],
    [1, 32, 64, 4],
    [1, 64, 8, 1],
    [2, 64, 32, 3],
    [16, 64, 64, 3],
    [1, 128, 128, 3],
    [1, 256, 256, 3],
    [1, 8, 512, 3],
    [1, 512, 8, 3],
  ] as const) {
    it(`agrees with float64 at ${shape.join(' x ')}`, async () => {
      const [x, y] = [image(shape, 3), image(shape, 4)];
      const weight = weightOf('radial-literal', shape[1], shape[2], 1);
      const actual = await lossAndGradient(x, y, weight, shape);
      const expected = referenceWfdl(x, y, weight, shape);
      const bound = tolerance(shape[1], shape[2]);
      expect(Math.abs(actual.loss / expected.loss - 1)).toBeLessThan(bound);
      expect(relativeError(actual.gradient, expected.gradient)).toBeLessThan(bound);
    });
  }

  it('has the gradient that float64 finite differences show', async () => {
    const shape: Shape = [2, 8, 8, 3];
    const [x, y] = [image(shape, 5), image(shape, 6)];
    const weight = weightOf('radial', 8, 8, 1);
    const { gradient } = await lossAndGradient(x, y, weight, shape);
    const step = 1e-5;
    for (const index of [0, 1, 77, 200, 383]) {
      const moved = (by: number) => {
        const values = Float64Array.from(y);
        values[index] += by;
        return referenceWfdl(x, values, weight, shape).loss;
      };
      const slope = (moved(step) - moved(-step)) / (2 * step);
      // Central differences err by step^2 times the third derivative, far below float32's error of the gradient.
      expect(Math.abs(gradient[index] - slope)).toBeLessThan(tolerance(8, 8) * Math.hypot(...gradient));
    }
  });

  it('is 0 with gradient 0 where the images are equal', async () => {
    const shape: Shape = [2, 16, 8, 3];
    const x = image(shape, 7);
    const { loss, gradient } = await lossAndGradient(x, x, weightOf('radial', 16, 8, 1), shape);
    expect(loss).toBe(0);
    expect(gradient.every((value) => value === 0)).toBe(true);
  });

  it('has a finite gradient where one frequency alone differs, and where the difference is tiny', async () => {
    const shape: Shape = [1, 16, 16, 1];
    const x = new Float32Array(256);
    const weight = weightOf('radial', 16, 16, 0);
    for (const size of [0.25, 1e-12, 1e-25, 1e-30, 1e-40]) {
      const y = Float32Array.from(x, () => size);
      const { loss, gradient } = await lossAndGradient(x, y, weight, shape);
      expect(loss).toBe(0);
      expect(gradient.every(Number.isFinite)).toBe(true);
    }
  });

  it('of a constant difference d with DC weight: w(0, 0) |d|, gradient w(0, 0) sign(d) / MN', async () => {
    const shape: Shape = [1, 8, 16, 1];
    const weight = weightOf('uniform', 8, 16, 3);
    const x = new Float32Array(128).fill(0.5);
    const { loss, gradient } = await lossAndGradient(x, new Float32Array(128).fill(0.25), weight, shape);
    // D(0, 0) = -0.25 MN is the only coefficient; the loss is a mean over MN frequencies.
    expect(loss).toBe(0.75);
    expect(gradient.every((value) => value === -3 / 128)).toBe(true);
  });

  it('has opposite gradients for its two images, scaled by what follows', async () => {
    const shape: Shape = [1, 8, 16, 3];
    const weight = tf.tensor2d(weightOf('radial', 8, 16, 1), [8, 16]);
    const [x, y] = [tf.tensor4d(image(shape, 8), [...shape]), tf.tensor4d(image(shape, 9), [...shape])];
    const scaled = (factor: number) =>
      tf.grads((a, b) => tf.mul(wfdlLoss(a as tf.Tensor4D, b as tf.Tensor4D, weight), factor))([x, y]);
    const [dx, dy] = scaled(1);
    const [, tripled] = scaled(-3);
    const values = await dy.data();
    expect(Array.from(await dx.data())).toEqual(Array.from(values, (value) => -value));
    expect(
      relativeError(
        await tripled.data(),
        values.map((value) => -3 * value),
      ),
    ).toBeLessThan(2 ** -22);
  });

  it('gives the loss by a second weight too, and leaves loss and gradient as they are by one', async () => {
    for (const shape of [
      [2, 8, 8, 1],
      [3, 32, 16, 3],
      [1, 128, 128, 3],
    ] as const) {
      const [x, y] = [image(shape, 1), image(shape, 2)];
      const [first, second] = (['radial', 'uniform'] as const).map((name) =>
        weightOf(name, shape[1], shape[2], 1),
      );
      const expected = await lossAndGradient(x, y, first, shape);
      const pair = tf.tidy(() => {
        const target = tf.tensor4d(x, [...shape]);
        const [w, v] = [first, second].map((weight) => tf.tensor2d(weight, [shape[1], shape[2]]));
        let secondLoss: tf.Scalar | undefined;
        const { value, grad } = tf.valueAndGrad((t) => {
          const losses = wfdlLossByTwo(target, t as tf.Tensor4D, w, v);
          secondLoss = tf.keep(losses[1]);
          return losses[0];
        })(tf.tensor4d(y, [...shape]));
        return { value, grad, secondLoss: secondLoss! };
      });
      expect((await pair.value.data())[0]).toBe(expected.loss);
      expect(await pair.grad.data()).toEqual(expected.gradient);
      const reference = referenceWfdl(x, y, second, shape);
      expect(Math.abs((await pair.secondLoss.data())[0] / reference.loss - 1)).toBeLessThan(
        tolerance(shape[1], shape[2]),
      );
      tf.dispose([pair.value, pair.grad, pair.secondLoss]);
    }
  });

  it('gives the same bits again', async () => {
    const shape: Shape = [4, 32, 32, 3];
    const weight = weightOf('radial', 32, 32, 1);
    const run = () => lossAndGradient(image(shape, 1), image(shape, 2), weight, shape);
    const first = await run();
    const second = await run();
    expect(second.loss).toBe(first.loss);
    expect(second.gradient).toEqual(first.gradient);
  });

  it('leaves no tensor behind, with and without a gradient', () => {
    const shape: Shape = [1, 16, 16, 3];
    const [x, y] = [tf.tensor4d(image(shape, 1), [...shape]), tf.tensor4d(image(shape, 2), [...shape])];
    const weight = tf.tensor2d(weightOf('radial', 16, 16, 1), [16, 16]);
    const gradient = tf.grad((t) => wfdlLoss(x, t as tf.Tensor4D, weight));
    const count = () => [tf.memory().numTensors, tf.memory().numDataBuffers];
    tf.dispose([wfdlLoss(x, y, weight), gradient(y)]);
    const before = count();
    tf.dispose([wfdlLoss(x, y, weight), gradient(y)]);
    expect(count()).toEqual(before);
  });

  it('refuses images or a weight that do not fit', () => {
    const x = tf.zeros<tf.Rank.R4>([1, 8, 8, 3]);
    const weight = tf.ones<tf.Rank.R2>([8, 8]);
    expect(() => wfdlLoss(x, tf.zeros([2, 8, 8, 3]), weight)).toThrow('[2, 8, 8, 3], expected one shape');
    expect(() => wfdlLoss(x, x, tf.ones([8, 16]))).toThrow('a weight of shape [8, 16], expected [8, 8]');
  });
});

describeGpu('the weighted frequency domain loss with the plan of another device', () => {
  for (const limits of [smallGroups, gpu, serial]) {
    it(`gives the loss by a second weight with ${JSON.stringify(limits)}`, async () => {
      const shape: Shape = [3, 32, 64, 3];
      const [x, y] = [image(shape, 3), image(shape, 4)];
      const [first, second] = [weightOf('radial', 32, 64, 1), weightOf('radial-literal', 32, 64, 0)];
      const losses = tf.tidy(() =>
        wfdlLossByTwo(
          tf.tensor4d(x, [...shape]),
          tf.tensor4d(y, [...shape]),
          tf.tensor2d(first, [32, 64]),
          tf.tensor2d(second, [32, 64]),
          limits,
        ),
      );
      for (const [index, weight] of [first, second].entries()) {
        const [actual] = await losses[index]!.data();
        expect(Math.abs(actual! / referenceWfdl(x, y, weight, shape).loss - 1)).toBeLessThan(
          tolerance(32, 64),
        );
      }
      tf.dispose(losses);
    });
  }

  // Several lines a workgroup, lines of one, two and three passes, and lines that a thread computes.
  for (const [limits, shape] of [
    [smallGroups, [1, 32, 32, 3]],
    [smallGroups, [3, 16, 8, 5]],
    [gpu, [1, 256, 8, 3]],
    [gpu, [3, 8, 512, 1]],
    [serial, [2, 32, 16, 3]],
    [serial, [1, 64, 8, 5]],
  ] as const) {
    it(`gives the same with ${JSON.stringify(limits)} at ${shape.join(' x ')}`, async () => {
      const [x, y] = [image(shape, 3), image(shape, 4)];
      const weight = weightOf('radial-literal', shape[1], shape[2], 1);
      const actual = await lossAndGradient(x, y, weight, shape, limits);
      const expected = referenceWfdl(x, y, weight, shape);
      const bound = tolerance(shape[1], shape[2]);
      expect(Math.abs(actual.loss / expected.loss - 1)).toBeLessThan(bound);
      expect(relativeError(actual.gradient, expected.gradient)).toBeLessThan(bound);
    });
  }
});

/** The norms of blocks of a long array, few enough to be the arguments of `Math.hypot`. */
function blocks(values: Float32Array): number[] {
  return Array.from({ length: Math.ceil(values.length / 1000) }, (_, i) =>
    Math.hypot(...values.subarray(1000 * i, 1000 * (i + 1))),
  );
}
