/**
 * The transforms of the processor and the losses made of them. Test plan: float64 for every side and for one to five
 * channels, non-square, one image and several; delta, constant, round trip, adjoint; differences that vanish; a second
 * weight; PyTorch's losses; NaN; chunks in any order; no memory left.
 */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { frequencyWeight } from '#core/frequency-weight/frequency-weight.ts';
import { presets } from '#core/presets.ts';
import { type ComplexMatrix, fft2 } from '#core/spectrum/fft.ts';
import focalGolden from '#testing/golden/focal-frequency.golden.json';
import { hashValues } from '#testing/hash-values.ts';
import { Processor } from '../../../cpu/processor.ts';
import type { ProcessorBackend } from '../../../cpu/processor-backend.ts';
import { runBackwards } from '../../../cpu/testing/chunk-order.ts';
import { openProcessor } from '../../../cpu/testing/open-processor.ts';
import { focalFrequencyLoss } from '../../focal-frequency/focal-frequency.ts';
import { focalWeights, referenceFocal } from '../../focal-frequency/focal-reference.ts';
import { meanMagnitude } from '../../mean-magnitude/mean-magnitude.ts';
import { wfdlLoss, wfdlLossByTwo } from '../../wfdl/wfdl.ts';
import { wfdlCalls, wfdlRoom } from '../../wfdl/wfdl-calls.ts';
import { referenceWfdl } from '../../wfdl/wfdl-reference.ts';
import { irfft2d, rfft2d } from '../rfft2d.ts';
import { twiddleTable } from '../twiddles.ts';
import { planSpectrum } from './spectrum-calls.ts';

type Shape = readonly [number, number, number, number];

let backend: ProcessorBackend;
beforeAll(async () => {
  backend = await openProcessor();
});

const sizeOf = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1);
const image = (shape: Shape, series: number): Float32Array => hashValues(sizeOf(shape), series, 0, 1);
const tensor = (values: Float32Array, shape: Shape): tf.Tensor4D => tf.tensor4d(values, [...shape]);

const relativeError = (actual: ArrayLike<number>, expected: ArrayLike<number>): number => {
  let error = 0;
  let norm = 0;
  for (let i = 0; i < expected.length; i++) {
    error += (actual[i]! - expected[i]!) ** 2;
    norm += expected[i]! ** 2;
  }
  return Math.sqrt(error / norm);
};

/** Relative L2 error of a transform: log2(MN) levels of butterflies with about one rounding of 2^-24 a value. */
const tolerance = (rows: number, columns: number): number => 2 ** -24 * Math.log2(rows * columns);

/** Two transforms, and a factor 4 for small |D|, whose unit spectrum keeps relative errors. */
const lossTolerance = (rows: number, columns: number): number => 8 * tolerance(rows, columns);

/** Columns 0..N/2 as pairs. */
const halfSpectrum = ({ rows, columns, real, imaginary }: ComplexMatrix): Float64Array => {
  const half = columns / 2 + 1;
  const pairs = new Float64Array(rows * half * 2);
  for (let bin = 0; bin < rows * half; bin++) {
    const at = Math.floor(bin / half) * columns + (bin % half);
    pairs[2 * bin] = real[at]!;
    pairs[2 * bin + 1] = imaginary[at]!;
  }
  return pairs;
};

const referenceNhwc = (values: Float32Array, [batch, rows, columns, channels]: Shape): Float64Array => {
  const bins = rows * (columns / 2 + 1);
  const result = new Float64Array(batch * bins * channels * 2);
  for (let plane = 0; plane < batch * channels; plane++) {
    const [index, channel] = [Math.floor(plane / channels), plane % channels];
    const matrix = Float64Array.from(
      { length: rows * columns },
      (_, pixel) => values[(index * rows * columns + pixel) * channels + channel]!,
    );
    halfSpectrum(fft2(matrix, rows, columns)).forEach((value, i) => {
      result[((index * bins + (i >> 1)) * channels + channel) * 2 + (i & 1)] = value;
    });
  }
  return result;
};

describe('rfft2d on the processor', () => {
  for (const shape of [
    [1, 8, 8, 1],
    [1, 16, 16, 1],
    [1, 32, 32, 1],
    [1, 64, 64, 3],
    [1, 128, 128, 1],
    [1, 256, 256, 1],
    [1, 512, 512, 1],
    [2, 8, 512, 5],
    [1, 512, 8, 5],
    [3, 16, 8, 3],
    [2, 32, 64, 4],
    [1, 128, 16, 2],
  ] as const) {
    it(`agrees with float64 and comes back at ${shape.join(' x ')}`, () => {
      const values = image(shape, 7);
      const spectrum = rfft2d(tensor(values, shape), { channelsLast: true });
      const bound = tolerance(shape[1], shape[2]);
      expect(relativeError(spectrum.dataSync(), referenceNhwc(values, shape))).toBeLessThan(bound);
      const back = irfft2d(spectrum, { channelsLast: true });
      expect(relativeError(back.dataSync(), values)).toBeLessThan(2 * bound);
    });
  }

  it('of a delta is 1 everywhere', () => {
    const delta = new Float32Array(16 * 32);
    delta[0] = 1;
    const pairs = rfft2d(tf.tensor2d(delta, [16, 32])).dataSync();
    expect(Array.from(pairs)).toEqual(Array.from({ length: 16 * 17 * 2 }, (_, i) => (i % 2 === 0 ? 1 : 0)));
  });

  it('of a constant is MN at the zero frequency alone', () => {
    const pairs = rfft2d(tf.tensor2d(new Float32Array(128 * 32).fill(1), [128, 32])).dataSync();
    expect(pairs[0]).toBe(128 * 32);
    expect(pairs.subarray(1).every((value) => value === 0)).toBe(true);
  });

  it('has the adjoint as its gradient, and so has its inverse', () => {
    const half = [2, 16, 17, 3, 2];
    const shape: Shape = [2, 16, 32, 3];
    const [x, g] = [image(shape, 1), hashValues(sizeOf(half), 2)];
    const product = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
      Array.from(a).reduce((sum, value, i) => sum + value * b[i]!, 0);
    const options = { channelsLast: true };
    const forward = rfft2d(tensor(x, shape), options).dataSync();
    const gradient = tf.grad((t) => rfft2d(t, options))(tensor(x, shape), tf.tensor(g, half));
    const norm = Math.sqrt(product(forward, forward) * product(g, g));
    expect(Math.abs(product(forward, g) - product(gradient.dataSync(), x)) / norm).toBeLessThan(
      2 * tolerance(16, 32),
    );
    const back = irfft2d(tf.tensor(g, half), options).dataSync();
    const slopes = tf.grad((t) => irfft2d(t, options))(tf.tensor(g, half), tensor(x, shape));
    const backNorm = Math.sqrt(product(back, back) * product(x, x));
    expect(Math.abs(product(back, x) - product(slopes.dataSync(), g)) / backNorm).toBeLessThan(
      2 * tolerance(16, 32),
    );
  });
});

describe('the weighted frequency domain loss on the processor', () => {
  const weightOf = (rows: number, columns: number, dcWeight = 1): Float32Array =>
    frequencyWeight({ ...presets.paper, weight: 'radial-literal', dcWeight }, rows, columns);

  const lossAndGradient = (x: Float32Array, y: Float32Array, weight: Float32Array, shape: Shape) => {
    const w = tf.tensor2d(weight, [shape[1], shape[2]]);
    const { value, grad } = tf.valueAndGrad((t) => wfdlLoss(tensor(x, shape), t as tf.Tensor4D, w))(
      tensor(y, shape),
    );
    return { loss: value.dataSync()[0]!, gradient: grad.dataSync() as Float32Array };
  };

  for (const shape of [
    [1, 8, 8, 1],
    [3, 16, 16, 3],
    [1, 32, 64, 4],
    [1, 64, 8, 1],
    [2, 64, 32, 3],
    [16, 64, 64, 3],
    [1, 128, 128, 3],
    [1, 8, 512, 3],
    [1, 512, 8, 3],
  ] as const) {
    it(`agrees with float64 at ${shape.join(' x ')}`, () => {
      const [x, y] = [image(shape, 3), image(shape, 4)];
      const weight = weightOf(shape[1], shape[2]);
      const actual = lossAndGradient(x, y, weight, shape);
      const expected = referenceWfdl(x, y, weight, shape);
      const bound = lossTolerance(shape[1], shape[2]);
      expect(Math.abs(actual.loss / expected.loss - 1)).toBeLessThan(bound);
      expect(relativeError(actual.gradient, expected.gradient)).toBeLessThan(bound);
    });
  }

  it('is 0 with gradient 0 where the images are equal', () => {
    const shape: Shape = [2, 16, 8, 3];
    const x = image(shape, 7);
    const { loss, gradient } = lossAndGradient(x, x, weightOf(16, 8), shape);
    expect(loss).toBe(0);
    expect(gradient.every((value) => value === 0)).toBe(true);
  });

  it('has a finite gradient where one frequency alone differs, and where the difference is tiny', () => {
    const shape: Shape = [1, 16, 16, 1];
    const x = new Float32Array(256);
    for (const size of [0.25, 1e-12, 1e-25, 1e-30, 1e-40]) {
      const y = Float32Array.from(x, () => size);
      const { loss, gradient } = lossAndGradient(x, y, weightOf(16, 16, 0), shape);
      expect(loss).toBe(0);
      expect(gradient.every(Number.isFinite)).toBe(true);
    }
  });

  it('has its whole gradient where the difference is 1e-25', () => {
    const shape: Shape = [1, 16, 16, 1];
    const x = new Float32Array(256);
    const weight = weightOf(16, 16);
    const y = image(shape, 4).map((value) => value * 1e-25);
    const expected = referenceWfdl(x, y, weight, shape).gradient;
    expect(relativeError(lossAndGradient(x, y, weight, shape).gradient, expected)).toBeLessThan(
      lossTolerance(16, 16),
    );
  });

  it('of a constant difference d: w(0, 0) |d|, gradient w(0, 0) sign(d) / MN', () => {
    const shape: Shape = [1, 8, 16, 1];
    const weight = new Float32Array(128).fill(1);
    weight[0] = 3;
    const x = new Float32Array(128).fill(0.5);
    const { loss, gradient } = lossAndGradient(x, new Float32Array(128).fill(0.25), weight, shape);
    expect(loss).toBe(0.75);
    expect(gradient.every((value) => value === -3 / 128)).toBe(true);
  });

  it('lets NaN through', () => {
    const shape: Shape = [1, 8, 8, 1];
    const y = image(shape, 1);
    y[13] = Number.NaN;
    const { loss, gradient } = lossAndGradient(image(shape, 2), y, weightOf(8, 8), shape);
    expect(loss).toBeNaN();
    expect(gradient.every(Number.isNaN)).toBe(true);
  });

  it('gives the loss by a second weight too, and leaves loss and gradient as they are by one', () => {
    const shape: Shape = [3, 32, 16, 3];
    const [x, y] = [image(shape, 1), image(shape, 2)];
    const first = weightOf(32, 16);
    const second = hashValues(512, 9, 0, 2);
    const expected = lossAndGradient(x, y, first, shape);
    const [w, v] = [first, second].map((weight) => tf.tensor2d(weight, [32, 16]));
    const losses = wfdlLossByTwo(tensor(x, shape), tensor(y, shape), w!, v!);
    expect(losses[0].dataSync()[0]).toBe(expected.loss);
    const reference = referenceWfdl(x, y, second, shape);
    expect(Math.abs(losses[1].dataSync()[0]! / reference.loss - 1)).toBeLessThan(lossTolerance(32, 16));
    const gradient = tf.grad((t) => wfdlLossByTwo(tensor(x, shape), t as tf.Tensor4D, w!, v!)[0])(
      tensor(y, shape),
    );
    expect(gradient.dataSync()).toEqual(expected.gradient);
  });

  it('leaves nothing behind', () => {
    const shape: Shape = [1, 16, 16, 3];
    const [x, y] = [tensor(image(shape, 1), shape), tensor(image(shape, 2), shape)];
    const weight = tf.tensor2d(weightOf(16, 16), [16, 16]);
    const gradient = tf.grad((t) => wfdlLoss(x, t as tf.Tensor4D, weight));
    const count = () => [tf.memory().numTensors, backend.numDataIds(), backend.processor.heap.usedBytes];
    tf.dispose([wfdlLoss(x, y, weight), gradient(y)]);
    const before = count();
    tf.dispose([wfdlLoss(x, y, weight), gradient(y)]);
    expect(count()).toEqual(before);
  });

  it('gives the same bits with its chunks in any order', () => {
    const shape = { outer: 3, rows: 256, columns: 32, inner: 3 };
    const processor = new Processor();
    const size = 3 * 256 * 32 * 3;
    const place = (values: Float32Array): number => {
      const address = processor.heap.allocate(values.length * 4);
      processor.floatsAt(address, values.length).set(values);
      return address;
    };
    const room = wfdlRoom(planSpectrum(shape));
    const at = {
      x: place(hashValues(size, 1, 0, 1)),
      y: place(hashValues(size, 2, 0, 1)),
      weight: place(hashValues(256 * 32, 3, 0, 1)),
      loss: place(new Float32Array(1)),
      gradient: place(new Float32Array(size)),
      spectrum: processor.heap.allocate(room.spectrum),
      folded: processor.heap.allocate(room.folded),
      parts: processor.heap.allocate(room.parts),
      rowTwiddles: place(twiddleTable(32)),
      columnTwiddles: place(twiddleTable(256)),
    };
    const results = () => [
      processor.floatsAt(at.loss, 1).slice(),
      processor.floatsAt(at.gradient, size).slice(),
    ];
    const calls = wfdlCalls(shape, at);
    for (const call of calls) processor.run(call);
    const forwards = results();
    processor.floatsAt(at.gradient, size).fill(0);
    processor.floatsAt(at.loss, 1).fill(0);
    for (const call of calls) runBackwards(processor, call);
    expect(results()).toEqual(forwards);
  });
});

describe('the mean spectrum on the processor', () => {
  for (const shape of [
    [1, 8, 8, 1],
    [3, 16, 32, 3],
    [2, 64, 8, 4],
  ] as const) {
    it(`agrees with float64 at ${shape.join(' x ')}`, () => {
      const [batch, rows, columns, channels] = shape;
      const x = hashValues(sizeOf(shape), 1, -1, 1);
      const actual = meanMagnitude(tensor(x, shape)).dataSync();
      const expected = new Float64Array(rows * columns);
      for (let plane = 0; plane < batch * channels; plane++) {
        const start = Math.floor(plane / channels) * rows * columns * channels + (plane % channels);
        const values = Float64Array.from(expected, (_, i) => x[start + i * channels]!);
        const { real, imaginary } = fft2(values, rows, columns);
        real.forEach((value, i) => {
          expected[i]! += Math.hypot(value, imaginary[i]!) / (batch * channels);
        });
      }
      // Each level rounds by 2^-24 of the spectrum's size, sqrt(MN); the sum over planes rounds each time; 4 for the worst.
      const levels = Math.log2(rows * columns) + batch * channels;
      const bound = 4 * 2 ** -24 * levels * Math.sqrt(rows * columns);
      let worst = 0;
      for (const [i, value] of expected.entries()) worst = Math.max(worst, Math.abs(actual[i]! - value));
      expect(worst).toBeLessThan(bound);
    });
  }
});

describe('the focal frequency loss on the processor', () => {
  /** An error of D comes back 1 + alpha times in |D|^alpha D and alpha times in the maximum. */
  const focalTolerance = ([, rows, columns]: Shape, alpha: number): number =>
    4 * 2 ** -24 * (2 * Math.log2(rows * columns) * (1 + 2 * alpha) + (Number.isInteger(alpha) ? 0 : 32));

  const lossAndGradient = (x: Float32Array, y: Float32Array, shape: Shape, alpha: number) => {
    const { value, grad } = tf.valueAndGrad((t) =>
      focalFrequencyLoss(tensor(x, shape), t as tf.Tensor4D, { alpha }),
    )(tensor(y, shape));
    return { loss: value.dataSync()[0]!, gradient: grad.dataSync() as Float32Array };
  };

  for (const { shape, alpha, loss } of focalGolden.cases) {
    it(`agrees with PyTorch: ${shape.join(' x ')}, alpha ${alpha}`, () => {
      const size = shape as unknown as Shape;
      const actual = lossAndGradient(image(size, 1), image(size, 2), size, alpha);
      expect(Math.abs(actual.loss / loss - 1)).toBeLessThan(focalTolerance(size, alpha));
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
    it(`agrees with float64 at ${shape.join(' x ')}, alpha ${alpha}`, () => {
      const [x, y] = [image(shape, 3), image(shape, 4)];
      const actual = lossAndGradient(x, y, shape, alpha);
      const expected = referenceFocal(x, y, focalWeights(x, y, alpha, shape), shape);
      expect(Math.abs(actual.loss / expected.loss - 1)).toBeLessThan(focalTolerance(shape, alpha));
      expect(relativeError(actual.gradient, expected.gradient)).toBeLessThan(focalTolerance(shape, alpha));
    });
  }

  it('is 0 with gradient 0 where the images are equal, and finite where the difference is tiny or large', () => {
    const shape: Shape = [1, 16, 16, 1];
    const x = new Float32Array(256);
    for (const alpha of [0, 0.5, 1, 3.5, 4]) {
      const same = lossAndGradient(x, x, shape, alpha);
      expect(same.loss).toBe(0);
      expect(same.gradient.every((value) => value === 0)).toBe(true);
      for (const size of [1, 1e-6, 1e-12, 1e-40]) {
        const { loss, gradient } = lossAndGradient(x, new Float32Array(256).fill(size), shape, alpha);
        expect(Number.isFinite(loss)).toBe(true);
        expect(gradient.every(Number.isFinite)).toBe(true);
      }
    }
  });
});
