import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { largestDifference, largestMagnitude } from '#testing/compare.ts';
import golden from '#testing/golden/batch_norm.golden.json';
import { describeBackends } from '#testing/gpu.ts';
import { hashValues } from '#testing/hash-values.ts';
import { batchNormApply, batchNormTrain } from './batch-norm.ts';
import { updateRunningAverages } from './running-statistics.ts';

/**
 * A hundred float32 roundings of values of at most 4: an upper bound on the error of some tens of operations.
 */
const tolerance = 100 * 4 * 2 ** -24;

describeBackends('batch norm, compared with torch.nn.BatchNorm2d', () => {
  for (const { relu, ...expected } of golden.cases) {
    const shape = expected.shape as [number, number, number, number];
    it(`trains, keeps running averages and evaluates alike on [${shape}]${relu ? ' with ReLU' : ''}`, async () => {
      const channels = shape[3];
      const count = shape.reduce((product, size) => product * size, 1);
      const rows = count / channels;
      const affine = tf.tensor2d(
        Float32Array.of(...hashValues(channels, 2, 0.5, 1.5), ...hashValues(channels, 3, -0.5, 0.5)),
        [2, channels],
      );
      const batches = [hashValues(count, 1, -2, 3), hashValues(count, 5, 1, 2)].map((x) =>
        tf.tensor4d(x, shape),
      );
      const running = tf.tensor2d([...Array(channels).fill(0), ...Array(channels).fill(1)], [2, channels]);

      const [trained] = batches.map((x) => {
        const { y, moments } = batchNormTrain(x, affine, { relu });
        updateRunningAverages([running], [{ moments, batchNorms: 1 }], [rows]);
        return y;
      });
      expect(largestDifference(await trained!.data(), expected.trained)).toBeLessThan(tolerance);
      expect(largestDifference(await running.data(), expected.runningAfterTwo)).toBeLessThan(tolerance);
      const evaluated = batchNormApply(batches[0]!, affine, running, { relu });
      expect(largestDifference(await evaluated.data(), expected.evaluated)).toBeLessThan(tolerance);

      const [dx, daffine] = tf.grads(
        (x, scale) => batchNormTrain(x as tf.Tensor4D, scale as tf.Tensor2D, { relu }).y,
      )([batches[0]!, affine], tf.tensor4d(hashValues(count, 4), shape)) as [tf.Tensor, tf.Tensor];
      expect(largestDifference(await dx.data(), expected.inputGradient)).toBeLessThan(tolerance);
      expect(largestDifference(await daffine.data(), expected.affineGradient)).toBeLessThan(
        tolerance * Math.max(1, largestMagnitude(expected.affineGradient)),
      );
    });
  }
});
