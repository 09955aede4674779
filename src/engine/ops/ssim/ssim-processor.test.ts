/**
 * Test plan: the definition in float64 at sides around the window, the strips (256 values), the chunks (24 rows) and the
 * vectors, non-square, several images and channels; PyTorch; equal images; nearly equal bright ones; options; chunks in any
 * order; no memory left.
 */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { gaussianWindow } from '#core/ssim-window.ts';
import golden from '#testing/golden/ssim.golden.json';
import { hashValues } from '#testing/hash-values.ts';
import { Processor } from '../../cpu/processor.ts';
import type { ProcessorBackend } from '../../cpu/processor-backend.ts';
import { runBackwards } from '../../cpu/testing/chunk-order.ts';
import { openProcessor } from '../../cpu/testing/open-processor.ts';
import { type SsimOptions, ssimLoss } from './ssim.ts';
import { ssimCalls, ssimGradientCall, ssimParts } from './ssim-calls.ts';
import { windowCounts } from './ssim-plan.ts';
import { referenceSsim, type SsimReference, ssimTolerance } from './ssim-reference.ts';

type Shape = readonly [number, number, number, number];

let backend: ProcessorBackend;
beforeAll(async () => {
  backend = await openProcessor();
});

const image = (shape: Shape, series: number, low = 0, high = 1): Float32Array =>
  hashValues(tf.util.sizeFromShape([...shape]), series, low, high);

/** The share `nearness` of x, the rest of `own`, as `ssim_golden.py` makes it. */
const mix = (x: Float32Array, own: Float32Array, nearness: number): Float32Array =>
  x.map((value, i) => nearness * value + (1 - nearness) * own[i]!);

const lossAndGradient = (x: Float32Array, y: Float32Array, shape: Shape, options?: SsimOptions) => {
  const target = tf.tensor4d(x, [...shape]);
  const { value, grad } = tf.valueAndGrad((t) => ssimLoss(target, t as tf.Tensor4D, options))(
    tf.tensor4d(y, [...shape]),
  );
  return { loss: value.dataSync()[0]!, gradient: grad.dataSync() as Float32Array };
};

const expectAgreement = (
  { loss, gradient }: ReturnType<typeof lossAndGradient>,
  reference: SsimReference,
  window?: number,
): void => {
  const tolerance = ssimTolerance(window);
  expect(Math.abs(loss - reference.loss)).toBeLessThanOrEqual(tolerance.loss * reference.lossMagnitude);
  let worst = 0;
  gradient.forEach((value, i) => {
    // Below float32's normal numbers there is no relative precision.
    const bound = tolerance.gradient * reference.gradientMagnitude[i]! + 2 ** -126;
    const share = Math.abs(value - reference.gradient[i]!) / bound;
    worst = Math.max(worst, Number.isNaN(share) ? Number.POSITIVE_INFINITY : share);
  });
  expect(worst).toBeLessThanOrEqual(1);
};

describe('the SSIM loss on the processor', () => {
  for (const { shape, nearness, options, loss } of golden.cases) {
    const settings: SsimOptions = options;
    it(`agrees with PyTorch: ${shape.join(' x ')}, nearness ${nearness}, ${JSON.stringify(options)}`, () => {
      const size = shape as [number, number, number, number];
      const x = image(size, 1);
      const y = mix(x, image(size, 2), nearness);
      const reference = referenceSsim(x, y, size, settings);
      const actual = lossAndGradient(x, y, size, settings);
      expectAgreement(actual, reference, settings.window);
      expect(Math.abs(actual.loss - loss)).toBeLessThanOrEqual(
        ssimTolerance(settings.window).loss * reference.lossMagnitude,
      );
    });
  }

  for (const shape of [
    [1, 11, 11, 1],
    [1, 12, 11, 3],
    [2, 17, 19, 1],
    [1, 18, 27, 3],
    [3, 26, 13, 3],
    [1, 37, 32, 5],
    [1, 512, 12, 3],
    [1, 12, 512, 1],
    [2, 96, 99, 3],
  ] as const) {
    it(`agrees with float64 at ${shape.join(' x ')}`, () => {
      const [x, y] = [image(shape, 3), image(shape, 4)];
      expectAgreement(lossAndGradient(x, y, shape), referenceSsim(x, y, shape));
    });
  }

  for (const options of [
    { window: 1 },
    { window: 3, sigma: 0.5 },
    { k1: 0.1, k2: 0.3 },
    { sigma: 4 },
    { window: 15 },
  ]) {
    it(`takes ${JSON.stringify(options)}`, () => {
      const shape: Shape = [1, 16, 18, 3];
      const [x, y] = [image(shape, 3), image(shape, 4)];
      const reference = referenceSsim(x, y, shape, options);
      expectAgreement(lossAndGradient(x, y, shape, options), reference, options.window);
    });
  }

  it('keeps its precision on flat bright images that are nearly equal', () => {
    const shape: Shape = [1, 24, 24, 3];
    const [x, y] = [image(shape, 5, 0.99, 1), image(shape, 6, 0.985, 0.995)];
    const reference = referenceSsim(x, y, shape);
    const actual = lossAndGradient(x, y, shape);
    expectAgreement(actual, reference);
    // The images are exact, and all sums are float64: the rest is the rounding of the constants.
    expect(Math.abs(actual.loss / reference.loss - 1)).toBeLessThan(4 * 2 ** -24);
  });

  it('is 0 with gradient 0 where the images are equal', () => {
    const shape: Shape = [2, 16, 16, 3];
    const x = image(shape, 7);
    const { loss, gradient } = lossAndGradient(x, x, shape);
    expect(loss).toBe(0);
    expect(gradient.every((value) => value === 0)).toBe(true);
  });

  it('lets NaN through', () => {
    const shape: Shape = [1, 12, 12, 1];
    const y = image(shape, 1);
    y[70] = Number.NaN;
    const { loss, gradient } = lossAndGradient(image(shape, 2), y, shape);
    expect(loss).toBeNaN();
    expect(gradient.every(Number.isNaN)).toBe(true);
  });

  it('leaves nothing behind', () => {
    const shape: Shape = [1, 16, 16, 3];
    const [x, y] = [tf.tensor4d(image(shape, 1), [...shape]), tf.tensor4d(image(shape, 2), [...shape])];
    const gradient = tf.grad((t) => ssimLoss(x, t as tf.Tensor4D));
    const count = () => [tf.memory().numTensors, backend.numDataIds(), backend.processor.heap.usedBytes];
    tf.dispose([ssimLoss(x, y), gradient(y)]);
    const before = count();
    tf.dispose([ssimLoss(x, y), gradient(y)]);
    expect(count()).toEqual(before);
  });

  it('gives the same bits with its chunks in any order', () => {
    const shape = { batch: 2, rows: 90, columns: 100, channels: 3 };
    const size = 2 * 90 * 100 * 3;
    const processor = new Processor();
    const place = (values: Float32Array): number => {
      const address = processor.heap.allocate(values.length * 4);
      processor.floatsAt(address, values.length).set(values);
      return address;
    };
    const parts = ssimParts(shape, 11);
    expect(parts).toBeGreaterThan(4);
    const at = {
      x: place(hashValues(size, 1, 0, 1)),
      y: place(hashValues(size, 2, 0, 1)),
      taps: place(new Float32Array(gaussianWindow(11, 1.5).buffer)),
      maps: place(new Float32Array(3 * windowCounts(shape, 11).all)),
      parts: place(new Float32Array(2 * parts)),
      loss: place(new Float32Array(1)),
      dy: place(Float32Array.of(1)),
      gradient: place(new Float32Array(size)),
    };
    const results = () => [
      processor.floatsAt(at.loss, 1).slice(),
      processor.floatsAt(at.gradient, size).slice(),
    ];
    const calls = [
      ...ssimCalls(shape, { window: 11, c1: 1e-4, c2: 9e-4 }, at),
      ssimGradientCall(shape, 11, at),
    ];
    for (const call of calls) processor.run(call);
    const forwards = results();
    processor.floatsAt(at.gradient, size).fill(0);
    processor.floatsAt(at.loss, 1).fill(0);
    for (const call of calls) runBackwards(processor, call);
    expect(results()).toEqual(forwards);
  });
});
