import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { type ComplexMatrix, fft2, inverseFft2 } from '#core/spectrum/fft.ts';
import { relativeError } from '#testing/compare.ts';
import { describeBackends, describeGpu } from '#testing/gpu.ts';
import { hashValues } from '#testing/hash-values.ts';
import { gpu, serial, smallGroups } from '#testing/workgroup-limits.ts';
import { irfft2d, rfft2d } from './rfft2d.ts';

/** An image of values in [0, 1). */
const hashedImage = (count: number, series: number): Float32Array => hashValues(count, series, 0, 1);

/**
 * Relative L2 error of a float32 transform of rows x columns: log2(rows * columns) levels of butterflies, each with
 * about one rounding of 2^-24 a value; that they add up is the worst case. 9.5e-7 at 256 x 256.
 */
const tolerance = (rows: number, columns: number): number => 2 ** -24 * Math.log2(rows * columns);

/** Columns 0..N/2 as pairs. */
const halfSpectrum = ({ rows, columns, real, imaginary }: ComplexMatrix): Float64Array => {
  const half = columns / 2 + 1;
  const pairs = new Float64Array(rows * half * 2);
  for (let u = 0; u < rows; u++) {
    for (let v = 0; v < half; v++) {
      pairs[2 * (u * half + v)] = real[u * columns + v];
      pairs[2 * (u * half + v) + 1] = imaginary[u * columns + v];
    }
  }
  return pairs;
};

/** The reference transform of each channel of NHWC images, as the operation lays it out. */
const referenceNhwc = (
  values: Float32Array,
  [batch, rows, columns, channels]: readonly [number, number, number, number],
): Float64Array => {
  const half = columns / 2 + 1;
  const result = new Float64Array(batch * rows * half * channels * 2);
  for (let image = 0; image < batch; image++) {
    for (let channel = 0; channel < channels; channel++) {
      const plane = Float64Array.from(
        { length: rows * columns },
        (_, pixel) => values[(image * rows * columns + pixel) * channels + channel],
      );
      halfSpectrum(fft2(plane, rows, columns)).forEach((value, i) => {
        const bin = image * rows * half + (i >> 1);
        result[(bin * channels + channel) * 2 + (i & 1)] = value;
      });
    }
  }
  return result;
};

const sides: readonly (readonly [number, number])[] = [
  [8, 8],
  [16, 16],
  [32, 32],
  [64, 64],
  [128, 128],
  [256, 256],
  [512, 512],
  [8, 512],
  [512, 8],
  [32, 64],
  [128, 16],
];

describeBackends('rfft2d', () => {
  for (const [rows, columns] of sides) {
    it(`agrees with float64 and comes back at ${rows} x ${columns}`, async () => {
      const values = hashedImage(rows * columns, rows + columns);
      const spectrum = rfft2d(tf.tensor2d(values, [rows, columns]));
      expect(spectrum.shape).toEqual([rows, columns / 2 + 1, 2]);
      const expected = halfSpectrum(fft2(values, rows, columns));
      expect(relativeError(await spectrum.data(), expected)).toBeLessThan(tolerance(rows, columns));
      const back = irfft2d(spectrum);
      expect(back.shape).toEqual([rows, columns]);
      // Both transforms err: twice the tolerance, and still below 1e-6 where the sides are 256.
      const roundTrip = Math.min(2 * tolerance(rows, columns), rows * columns > 65_536 ? 2e-6 : 1e-6);
      expect(relativeError(await back.data(), values)).toBeLessThan(roundTrip);
    });
  }

  for (const shape of [
    [1, 8, 8, 3],
    [3, 16, 8, 3],
    [2, 32, 64, 4],
    [5, 8, 16, 1],
    [1, 64, 64, 3],
    [1, 128, 16, 2],
    [1, 512, 8, 5],
    [2, 8, 512, 5],
    [2, 64, 32, 3],
  ] as const) {
    it(`transforms each channel of NHWC ${shape.join(' x ')} by itself`, async () => {
      const values = hashedImage(shape[0] * shape[1] * shape[2] * shape[3], 7);
      const spectrum = rfft2d(tf.tensor4d(values, [...shape]), { channelsLast: true });
      expect(spectrum.shape).toEqual([shape[0], shape[1], shape[2] / 2 + 1, shape[3], 2]);
      const bound = tolerance(shape[1], shape[2]);
      expect(relativeError(await spectrum.data(), referenceNhwc(values, shape))).toBeLessThan(bound);
      const back = irfft2d(spectrum, { channelsLast: true });
      expect(relativeError(await back.data(), values)).toBeLessThan(2 * bound);
    });
  }

  it('of a delta is 1 everywhere', async () => {
    const delta = tf.buffer([16, 32]);
    delta.set(1, 0, 0);
    const pairs = await rfft2d(delta.toTensor()).data();
    expect(Array.from(pairs)).toEqual(Array.from({ length: 16 * 17 * 2 }, (_, i) => (i % 2 === 0 ? 1 : 0)));
  });

  it('of a shifted delta is a pure phase', async () => {
    const [rows, columns, x, y] = [64, 32, 5, 3];
    const delta = tf.buffer([rows, columns]);
    delta.set(1, x, y);
    const expected = Array.from({ length: rows * 17 }, (_, bin) => {
      const angle = -2 * Math.PI * ((Math.floor(bin / 17) * x) / rows + ((bin % 17) * y) / columns);
      return [Math.cos(angle), Math.sin(angle)];
    }).flat();
    expect(relativeError(await rfft2d(delta.toTensor()).data(), expected)).toBeLessThan(
      tolerance(rows, columns),
    );
  });

  it('of a constant is MN at the zero frequency alone', async () => {
    const pairs = await rfft2d(tf.ones([128, 32])).data();
    expect(pairs[0]).toBe(128 * 32);
    expect(pairs.subarray(1).every((value) => value === 0)).toBe(true);
  });

  it('of a cosine is MN/2 at its frequency', async () => {
    const [rows, columns] = [32, 64];
    const wave = Float32Array.from({ length: rows * columns }, (_, i) =>
      Math.cos(2 * Math.PI * ((3 * Math.floor(i / columns)) / rows + (5 * (i % columns)) / columns)),
    );
    const pairs = await rfft2d(tf.tensor2d(wave, [rows, columns])).data();
    const expected = new Float64Array(rows * 33 * 2);
    expected[2 * (3 * 33 + 5)] = (rows * columns) / 2;
    expect(relativeError(pairs, expected)).toBeLessThan(tolerance(rows, columns));
  });

  it('keeps the energy (Parseval) at 256 x 256', async () => {
    const side = 256;
    const values = hashedImage(side * side, 4).map((value) => value - 0.5);
    const pairs = await rfft2d(tf.tensor2d(values, [side, side])).data();
    let energy = 0;
    for (let i = 0; i < pairs.length; i++) {
      const column = (i >> 1) % (side / 2 + 1);
      energy += pairs[i] ** 2 * (column === 0 || column === side / 2 ? 1 : 2);
    }
    const expected = values.reduce((sum, value) => sum + value * value, 0);
    // Twice the relative error of the coefficients.
    expect(Math.abs(energy / (side * side) / expected - 1)).toBeLessThan(1e-6);
  });

  it('has the adjoint as its gradient: <g, F(x)> = <F*(g), x> for every x', async () => {
    const shape = [2, 16, 32, 3] as const;
    const half = [2, 16, 17, 3, 2];
    const x = tf.tensor4d(hashedImage(tf.util.sizeFromShape([...shape]), 1), [...shape]);
    const g = tf.tensor(hashedImage(tf.util.sizeFromShape(half), 2), half);
    const gradient = tf.grad((value) => tf.sum(tf.mul(rfft2d(value, { channelsLast: true }), g)))(x);
    const left = (await tf.sum(tf.mul(rfft2d(x, { channelsLast: true }), g)).data())[0];
    const right = (await tf.sum(tf.mul(gradient, x)).data())[0];
    // Sums of 3264 and 3072 products of size up to 500, in float32 over at most 12 levels of a tree.
    expect(Math.abs(left - right) / Math.abs(left)).toBeLessThan(2e-6);
  });

  it('has a gradient that equals the float64 one in every element', async () => {
    const [rows, columns] = [8, 16];
    const g = hashedImage(rows * 9 * 2, 5);
    const gradient = tf.grad((value) => tf.sum(tf.mul(rfft2d(value), tf.tensor(g, [rows, 9, 2]))))(
      tf.ones([rows, columns]),
    );
    const full = { real: new Float64Array(rows * columns), imaginary: new Float64Array(rows * columns) };
    for (let bin = 0; bin < rows * 9; bin++) {
      const at = Math.floor(bin / 9) * columns + (bin % 9);
      full.real[at] = g[2 * bin];
      full.imaginary[at] = g[2 * bin + 1];
    }
    // d/dx of sum g . F(x) is the real part of the unnormalized inverse transform of g, zero where no bin is stored.
    const expected = inverseFft2({ rows, columns, ...full }).real.map((value) => value * rows * columns);
    expect(relativeError(await gradient.data(), expected)).toBeLessThan(tolerance(rows, columns));
  });

  it('has an inverse whose gradient is its adjoint too', async () => {
    const pairs = tf.tensor(hashedImage(8 * 9 * 2, 8), [8, 9, 2]);
    const g = tf.tensor2d(hashedImage(128, 9), [8, 16]);
    const gradient = tf.grad((value) => tf.sum(tf.mul(irfft2d(value), g)))(pairs);
    const left = (await tf.sum(tf.mul(irfft2d(pairs), g)).data())[0];
    const right = (await tf.sum(tf.mul(gradient, pairs)).data())[0];
    // Sums of about 140 products.
    expect(Math.abs(left - right)).toBeLessThan(1e-6 * Math.abs(left) + 1e-6);
  });

  it('leaves one tensor behind and keeps the GPU memory of a repeated call', async () => {
    const x = tf.tensor2d(hashedImage(64 * 64, 1), [64, 64]);
    tf.dispose(rfft2d(x));
    const before = tf.memory() as tf.MemoryInfo & { numBytesInGPU: number };
    for (let i = 0; i < 20; i++) tf.tidy(() => irfft2d(rfft2d(x)).dispose());
    await tf.backend().read(x.dataId);
    const after = tf.memory() as tf.MemoryInfo & { numBytesInGPU: number };
    expect(after.numTensors).toBe(before.numTensors);
    expect(after.numDataBuffers).toBe(before.numDataBuffers);
  });

  it('refuses a side that is no power of two, or too long', () => {
    expect(() => rfft2d(tf.zeros([8, 12]))).toThrow('a side of 12, expected one of 8, 16, 32');
    expect(() => rfft2d(tf.zeros([1024, 8]))).toThrow('a side of 1024');
    expect(() => irfft2d(tf.zeros([8, 8, 3]))).toThrow('expected pairs in its last axis');
  });
});

describeGpu('rfft2d with the plan of another device', () => {
  // Several lines of several channels a workgroup, lines of one, two and three passes, and lines that a thread computes.
  for (const [limits, shape] of [
    [smallGroups, [2, 32, 32, 3]],
    [smallGroups, [1, 16, 64, 5]],
    [gpu, [1, 8, 256, 3]],
    [gpu, [1, 512, 8, 1]],
    [serial, [2, 32, 16, 3]],
    [serial, [1, 8, 64, 5]],
  ] as const) {
    it(`gives the same with ${JSON.stringify(limits)}: ${shape.join(' x ')}`, async () => {
      const values = hashedImage(tf.util.sizeFromShape([...shape]), 11);
      const spectrum = rfft2d(tf.tensor4d(values, [...shape]), { channelsLast: true, limits });
      const bound = tolerance(shape[1], shape[2]);
      expect(relativeError(await spectrum.data(), referenceNhwc(values, shape))).toBeLessThan(bound);
      const back = irfft2d(spectrum, { channelsLast: true, limits });
      expect(relativeError(await back.data(), values)).toBeLessThan(2 * bound);
    });
  }
});
