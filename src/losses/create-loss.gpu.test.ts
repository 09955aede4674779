import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { presets } from '#core/presets.ts';
import ssimGolden from '#testing/golden/ssim.golden.json';
import golden from '#testing/golden/wfdl.golden.json';
import { describeBackends } from '#testing/gpu.ts';
import { hashValues } from '#testing/hash-values.ts';
import { createLoss } from './create-loss.ts';

const images = (values: Float32Array, side: number): tf.Tensor4D =>
  tf.tensor4d(values, [values.length / (side * side * 3), side, side, 3]);

describeBackends('createLoss', () => {
  it('creates L2: the mean squared difference, gradient 2 (y - x) / count', async () => {
    const count = 8 * 8 * 3;
    const { loss, dispose } = createLoss({ ...presets.paper, loss: 'l2', weight: 'radial', dcWeight: 1 }, 8);
    const x = images(new Float32Array(count).fill(0.25), 8);
    const y = images(new Float32Array(count).fill(1), 8);
    const { value, grad } = tf.valueAndGrad((t) => loss(x, t as tf.Tensor4D))(y);
    // (0.75)^2, and 2 * 0.75 / 192: exact in float32 except for the division of the mean.
    expect((await value.data())[0]).toBeCloseTo(0.5625, 6);
    const slopes = await grad.data();
    expect(slopes).toHaveLength(count);
    for (const slope of slopes) expect(slope).toBeCloseTo(1.5 / count, 9);
    dispose();
  });

  it('creates the SSIM loss with the window and constants of the spec', async () => {
    const { loss: expected, nearness, options, shape } = ssimGolden.cases[0];
    expect([options, shape]).toEqual([{}, [1, 12, 12, 3]]);
    const { loss, dispose } = createLoss(
      { ...presets.paper, loss: 'ssim', weight: 'radial', dcWeight: 0 },
      12,
    );
    const [x, own] = [1, 2].map((series) => hashValues(432, series, 0, 1)) as [Float32Array, Float32Array];
    const y = x.map((value, i) => nearness * value + (1 - nearness) * own[i]);
    const [value] = await loss(images(x, 12), images(y, 12)).data();
    // Sums of 2 x 11 terms, some twenty operations, and a sum over 12 windows, each with a rounding of 2^-24.
    expect(Math.abs(value! / expected - 1)).toBeLessThan(54 * 2 ** -24 * 4);
    dispose();
  });

  it('creates the WFDL with the requested weight and DC weight', async () => {
    const { loss: expected, weight, dcWeight, shape } = golden.cases[0];
    expect([weight, dcWeight, shape]).toEqual(['radial', 0, [1, 8, 8, 3]]);
    const { loss, dispose } = createLoss(
      { ...presets.paper, loss: 'wfdl', weight: 'radial', dcWeight: 0 },
      8,
    );
    const [x, y] = [1, 2].map((series) => images(hashValues(192, series, 0, 1), 8));
    const [value] = await loss(x, y).data();
    // Relative error of a transform with 6 levels and a sum of 192 terms in float32.
    expect(Math.abs(value / expected - 1)).toBeLessThan(2e-6);
    dispose();
  });
});
