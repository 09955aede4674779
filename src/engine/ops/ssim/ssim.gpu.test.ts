/**
 * Test plan: the definition in float64 at sides around the boundaries of the window, the GPU's threads, and the
 * processor's strips (256 values) and chunks (24 rows), non-square, one image
 * and several, 1 and 3 channels; PyTorch; equal images; constants, whose value is known; finite differences; options;
 * nearly equal and bright flat images, where float32 loses most; same bits; no tensor left; refusals.
 */
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import golden from '#testing/golden/ssim.golden.json';
import { describeBackends } from '#testing/gpu.ts';
import { hashValues } from '#testing/hash-values.ts';
import { type SsimOptions, ssimLoss } from './ssim.ts';
import { referenceSsim, type SsimReference, ssimTolerance } from './ssim-reference.ts';

type Shape = readonly [number, number, number, number];

const image = (shape: Shape, series: number, low = 0, high = 1): Float32Array =>
  hashValues(tf.util.sizeFromShape([...shape]), series, low, high);

/** The share `nearness` of x, the rest of `own`, as `ssim_golden.py` makes it. */
const mix = (x: Float32Array, own: Float32Array, nearness: number): Float32Array =>
  x.map((value, i) => nearness * value + (1 - nearness) * own[i]);

interface Result {
  readonly loss: number;
  readonly gradient: Float32Array;
}

const lossAndGradient = async (
  x: Float32Array,
  y: Float32Array,
  shape: Shape,
  options?: SsimOptions,
): Promise<Result> => {
  const target = tf.tensor4d(x, [...shape]);
  const { value, grad } = tf.valueAndGrad((t) => ssimLoss(target, t as tf.Tensor4D, options))(
    tf.tensor4d(y, [...shape]),
  );
  return { loss: (await value.data())[0], gradient: (await grad.data()) as Float32Array };
};

const expectAgreement = (
  { loss, gradient }: Result,
  expected: Pick<SsimReference, 'loss'> & { readonly gradient: ArrayLike<number> },
  { lossMagnitude, gradientMagnitude }: SsimReference,
  window?: number,
): void => {
  const tolerance = ssimTolerance(window);
  expect(Math.abs(loss - expected.loss)).toBeLessThanOrEqual(tolerance.loss * lossMagnitude);
  expect(gradient.length).toBe(expected.gradient.length);
  let worst = 0;
  gradient.forEach((value, i) => {
    // Below float32's normal numbers there is no relative precision.
    const bound = tolerance.gradient * gradientMagnitude[i] + 2 ** -126;
    const share = Math.abs(value - expected.gradient[i]) / bound;
    worst = Math.max(worst, Number.isNaN(share) ? Number.POSITIVE_INFINITY : share);
  });
  expect(worst).toBeLessThanOrEqual(1);
};

describeBackends('the SSIM loss', (backend) => {
  for (const { shape, nearness, options, loss, gradient, gradientNorm } of golden.cases) {
    const settings: SsimOptions = options;
    it(`agrees with PyTorch: ${shape.join(' x ')}, nearness ${nearness}, ${JSON.stringify(options)}`, async () => {
      const size = shape as [number, number, number, number];
      const x = image(size, 1);
      const y = mix(x, image(size, 2), nearness);
      const reference = referenceSsim(x, y, size, settings);
      const actual = await lossAndGradient(x, y, size, settings);
      expectAgreement(actual, { loss, gradient: gradient ?? reference.gradient }, reference, settings.window);
      // The reference itself, to float64's precision: PyTorch takes the variance as a difference of squares.
      expect(Math.abs(reference.loss / loss - 1)).toBeLessThan(1e-11);
      const norm = Math.sqrt(reference.gradient.reduce((sum, value) => sum + value ** 2, 0));
      expect(Math.abs(norm / gradientNorm - 1)).toBeLessThan(1e-11);
    });
  }

  for (const shape of [
    [1, 11, 11, 1],
    [1, 12, 11, 3],
    [2, 17, 19, 1],
    [1, 18, 27, 3],
    [3, 26, 13, 3],
    [1, 32, 32, 5],
    [1, 37, 32, 5],
    [1, 512, 12, 3],
    [1, 12, 512, 1],
    [1, 128, 128, 3],
    [2, 96, 99, 3],
  ] as const) {
    it(`agrees with float64 at ${shape.join(' x ')}`, async () => {
      const [x, y] = [image(shape, 3), image(shape, 4)];
      const reference = referenceSsim(x, y, shape);
      expectAgreement(await lossAndGradient(x, y, shape), reference, reference);
    });
  }

  for (const options of [
    { window: 1 },
    { window: 3, sigma: 0.5 },
    { k1: 0.1, k2: 0.3 },
    { sigma: 4 },
    { window: 15 },
  ]) {
    it(`takes ${JSON.stringify(options)}`, async () => {
      const shape: Shape = [1, 16, 18, 3];
      const [x, y] = [image(shape, 3), image(shape, 4)];
      const reference = referenceSsim(x, y, shape, options);
      expectAgreement(await lossAndGradient(x, y, shape, options), reference, reference, options.window);
    });
  }

  it('keeps its precision on flat bright images that are nearly equal', async () => {
    const shape: Shape = [1, 24, 24, 3];
    const [x, y] = [image(shape, 5, 0.99, 1), image(shape, 6, 0.985, 0.995)];
    const reference = referenceSsim(x, y, shape);
    const actual = await lossAndGradient(x, y, shape);
    expectAgreement(actual, reference, reference);
    // Variances are 3e-5 beside squared means of 4; a difference of squares in float32 would err by 1e-3 of B2. The processor
    // sums in float64: its error is the rounding of the constants.
    const bound = backend === 'wasm' ? 4 * 2 ** -24 : 1e-5;
    expect(Math.abs(actual.loss / reference.loss - 1)).toBeLessThan(bound);
  });

  it('is 0 with gradient 0 where the images are equal', async () => {
    const shape: Shape = [2, 16, 16, 3];
    const x = image(shape, 7);
    const { loss, gradient } = await lossAndGradient(x, x, shape);
    expect(loss).toBe(0);
    expect(gradient.every((value) => value === 0)).toBe(true);
  });

  it('of constants a and b: (a - b)^2 / (a^2 + b^2 + C1), whose derivative the gradient adds up to', async () => {
    const shape: Shape = [2, 13, 12, 3];
    const count = tf.util.sizeFromShape([...shape]);
    const [a, b, c1] = [0.25, 0.75, 1e-4];
    const { loss, gradient } = await lossAndGradient(
      new Float32Array(count).fill(a),
      new Float32Array(count).fill(b),
      shape,
    );
    const power = a ** 2 + b ** 2 + c1;
    const expected = (a - b) ** 2 / power;
    expect(Math.abs(loss / expected - 1)).toBeLessThan(ssimTolerance().loss);
    const slope = (2 * (b - a)) / power - (expected * 2 * b) / power;
    const sum = gradient.reduce((total, value) => total + value, 0);
    // The variances are 0 to rounding, so d - mean(d) is too, but weighs 2 / C2 = 2222.
    expect(Math.abs(sum - slope)).toBeLessThan((ssimTolerance().gradient * 4 * Math.abs(b - a)) / 9e-4);
  });

  it('has the gradient that float64 finite differences show', async () => {
    const shape: Shape = [2, 13, 14, 3];
    const x = image(shape, 8);
    const y = mix(x, image(shape, 9), 0.5);
    const { gradient } = await lossAndGradient(x, y, shape);
    const { gradientMagnitude } = referenceSsim(x, y, shape);
    const step = 1e-5;
    for (const index of [0, 4, 77, 250, 271, 600, 1091]) {
      const moved = (by: number) => {
        const values = Float64Array.from(y);
        values[index] += by;
        return referenceSsim(x, values, shape).loss;
      };
      const slope = (moved(step) - moved(-step)) / (2 * step);
      // Central differences err by step^2 / 6 times the third derivative, below 1 / (count C2^1.5), and by rounding.
      expect(Math.abs(gradient[index] - slope)).toBeLessThan(
        ssimTolerance().gradient * gradientMagnitude[index] + 1e-10,
      );
    }
  });

  it('scales its gradient by what follows, and is symmetric', async () => {
    const shape: Shape = [1, 14, 14, 3];
    const [x, y] = [tf.tensor4d(image(shape, 8), [...shape]), tf.tensor4d(image(shape, 9), [...shape])];
    const once = tf.grad((t) => ssimLoss(x, t as tf.Tensor4D))(y);
    const doubled = tf.grad((t) => tf.mul(ssimLoss(x, t as tf.Tensor4D), -2))(y);
    expect(Array.from(await doubled.data())).toEqual(Array.from(await once.data(), (value) => -2 * value));
    expect((await ssimLoss(y, x).data())[0]).toBe((await ssimLoss(x, y).data())[0]);
  });

  it('has no gradient in x', () => {
    const shape: Shape = [1, 12, 12, 1];
    const [x, y] = [tf.tensor4d(image(shape, 8), [...shape]), tf.tensor4d(image(shape, 9), [...shape])];
    expect(() => tf.grad((t) => ssimLoss(t as tf.Tensor4D, y))(x)).toThrow('Cannot compute gradient');
  });

  it('gives the same bits again', async () => {
    const shape: Shape = [4, 32, 32, 3];
    const run = () => lossAndGradient(image(shape, 1), image(shape, 2), shape);
    const first = await run();
    expect(await run()).toEqual(first);
  });

  it('leaves no tensor and no data behind, with and without a gradient', () => {
    const shape: Shape = [1, 16, 16, 3];
    const [x, y] = [tf.tensor4d(image(shape, 1), [...shape]), tf.tensor4d(image(shape, 2), [...shape])];
    const gradient = tf.grad((t) => ssimLoss(x, t as tf.Tensor4D));
    const count = () => [
      tf.memory().numTensors,
      tf.memory().numDataBuffers,
      tf.engine().backend.numDataIds(),
    ];
    tf.dispose([ssimLoss(x, y), gradient(y)]);
    const before = count();
    tf.dispose([ssimLoss(x, y), gradient(y)]);
    expect(count()).toEqual(before);
  });

  it('has freed what its gradient used when the backward pass goes on', () => {
    const y = tf.ones<tf.Rank.R4>([1, 12, 12, 1]);
    const x = tf.zeros<tf.Rank.R4>([1, 12, 12, 1]);
    const before = tf.engine().backend.numDataIds();
    let during = 0;
    const watch = tf.customGrad((input) => ({
      value: (input as tf.Tensor).clone(),
      gradFunc: (dy: tf.Tensor) => {
        during = tf.engine().backend.numDataIds() - before;
        return dy.clone();
      },
    }));
    tf.tidy(() => tf.grad((t) => ssimLoss(x, watch(t) as tf.Tensor4D))(y));
    // The loss and the gradient. The maps, and the loss's own gradient, are gone.
    expect(during).toBe(2);
  });

  it('refuses images that differ in shape, a window that does not fit, and options out of range', () => {
    const x = tf.zeros<tf.Rank.R4>([1, 10, 16, 3]);
    const refused = (options: SsimOptions) => () => ssimLoss(x, x, options);
    expect(() => ssimLoss(x, tf.zeros([2, 10, 16, 3]))).toThrow('[2, 10, 16, 3], expected one shape');
    expect(refused({})).toThrow(
      'The SSIM window of 11 x 11 pixels does not fit into images of 10 x 16 pixels. Choose larger images',
    );
    expect(refused({ window: 9 })).not.toThrow();
    expect(refused({ window: 4 })).toThrow('The SSIM window is 4 pixels wide, expected an odd whole number');
    expect(refused({ window: 9, sigma: 0 })).toThrow('got sigma = 0, expected a finite number above 0');
    expect(refused({ window: 9, k2: Number.NaN })).toThrow('got K2 = NaN');
  });
});
