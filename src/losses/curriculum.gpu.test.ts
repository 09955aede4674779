import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { curriculumWeight } from '#core/frequency-weight/curriculum.ts';
import { frequencyWeight } from '#core/frequency-weight/frequency-weight.ts';
import { presets } from '#core/presets.ts';
import { weightInCurriculum } from '#engine/ops/curriculum/curriculum-weight.ts';
import { describeBackends } from '#testing/gpu.ts';
import { hashValues } from '#testing/hash-values.ts';
import { createLoss } from './create-loss.ts';

const side = 32;

/**
 * A power by exp2 and log2 has the rounding error of the exponent, at most |s log2 w| ~ 5, times ln 2, so some 2^-21. On
 * SwiftShader log2 itself has an error of about 2^-20.
 */
const tolerance = 2 ** -17;

describeBackends('weightInCurriculum', () => {
  for (const dcWeight of [0, 1, 2.5]) {
    for (const weight of ['radial', 'uniform', 'power'] as const) {
      it(`matches the float64 weight: ${weight}, DC weight ${dcWeight}`, async () => {
        const final = frequencyWeight({ ...presets.paper, weight, dcWeight, weightPower: 2 }, side, side);
        const tensor = tf.tensor2d(final, [side, side]);
        for (const exponent of [1e-3, 0.25, 0.5, 0.99]) {
          const actual = weightInCurriculum(tensor, tf.scalar(exponent), dcWeight);
          const expected = curriculumWeight(final, exponent, dcWeight);
          const values = await actual.data();
          for (let index = 0; index < expected.length; index++) {
            expect(Math.abs(values[index]! - expected[index]!)).toBeLessThanOrEqual(
              tolerance * expected[index]!,
            );
          }
          actual.dispose();
        }
        tensor.dispose();
      });
    }
  }

  it('sums images of every size, for any number of groups', async () => {
    for (const size of [8, 64, 256]) {
      const final = frequencyWeight({ ...presets.paper, weight: 'radial', dcWeight: 1 }, size, size);
      const actual = await weightInCurriculum(tf.tensor2d(final, [size, size]), tf.scalar(0.5), 1).data();
      const expected = curriculumWeight(final, 0.5, 1);
      for (let index = 0; index < expected.length; index++) {
        expect(Math.abs(actual[index]! - expected[index]!)).toBeLessThanOrEqual(tolerance * expected[index]!);
      }
    }
  });

  it('leaks no tensor', () => {
    const final = tf.ones<tf.Rank.R2>([side, side]);
    const exponent = tf.scalar(0.5);
    const before = [tf.memory().numTensors, tf.engine().backend.numDataIds()];
    weightInCurriculum(final, exponent, 1).dispose();
    expect([tf.memory().numTensors, tf.engine().backend.numDataIds()]).toEqual(before);
  });
});

describeBackends('a loss in a step of a curriculum', () => {
  const images = (series: number): tf.Tensor4D =>
    tf.tensor4d(hashValues(2 * side * side * 3, series, 0, 1), [2, side, side, 3]);
  const settings = {
    ...presets.recommended,
    compositeL2: 0.1,
    compositeFocalFrequency: 0,
    compositeWfdl: 1,
  };

  for (const [name, config] of [
    ['wfdl', { ...settings, loss: 'wfdl' }],
    ['composite', { ...settings, loss: 'composite' }],
    ['composite with Eq. 5', { ...settings, loss: 'composite', compositeFrequency: 0.5 }],
    ['wfdl, adaptive-batch', { ...settings, loss: 'wfdl', weight: 'adaptive-batch' }],
  ] as const) {
    it(`${name}: the final loss equals the loss without a curriculum, the objective differs`, async () => {
      const { loss, stepLoss, dispose } = createLoss(config, side);
      const x = images(1);
      // A smooth difference has the lowest frequencies, whose weight the curriculum changes most.
      const ramp = Float32Array.from({ length: x.size }, (_, index) => (index % (3 * side)) / (6 * side));
      const y = tf.tidy(() => tf.add<tf.Tensor4D>(x, tf.tensor4d(ramp, x.shape)));
      const whole = loss(x, y);
      const { objective, final } = stepLoss!(x, y, tf.scalar(0.5));
      const [[expected], [reported], [minimized]] = await Promise.all(
        [whole, final, objective].map((value) => value.data()),
      );
      expect(Math.abs(reported! / expected! - 1)).toBeLessThan(2 ** -20);
      expect(Math.abs(minimized! / expected! - 1)).toBeGreaterThan(0.01);
      const late = stepLoss!(x, y, tf.scalar(1 - 1e-7));
      const [lateObjective] = await late.objective.data();
      expect(Math.abs(lateObjective! / expected! - 1)).toBeLessThan(2 ** -15);
      tf.dispose([x, y, whole, objective, final, late.objective, late.final]);
      dispose();
    });
  }

  it('does not exist for losses without a frequency weight', () => {
    for (const loss of ['l2', 'ssim', 'frequency', 'focal-frequency'] as const) {
      const created = createLoss({ ...settings, loss }, side);
      expect(created.stepLoss).toBeUndefined();
      created.dispose();
    }
  });
});
