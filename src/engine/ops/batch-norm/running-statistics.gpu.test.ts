import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { referenceMoments } from '#testing/batch-norm-reference.ts';
import { largestDifference } from '#testing/compare.ts';
import { describeBackends } from '#testing/gpu.ts';
import { hashValues } from '#testing/hash-values.ts';
import { batchNormTrain } from './batch-norm.ts';
import { joiningNumbers, joinMoments, updateRunningAverages } from './running-statistics.ts';

const channels = 3;

const momentsOf = (x: Float32Array): Float64Array =>
  referenceMoments({ rows: x.length / channels, channels, x, affine: [], epsilon: 0, relu: false });

describeBackends('joinMoments', () => {
  it('gives the moments of all batches together, weighted by their sizes', async () => {
    const batches = [hashValues(30, 1, 0, 1), hashValues(90, 2, 5, 6), hashValues(3, 3, -9, 9)];
    const population = tf.zeros([2, channels]) as tf.Tensor2D;
    let seen = 0;
    for (const batch of batches) {
      const rows = batch.length / channels;
      seen += rows;
      const x = tf.tensor4d(batch, [1, 1, rows, channels]);
      const { moments } = batchNormTrain(x, tf.ones([2, channels]));
      joinMoments([population], [{ moments, batchNorms: 1 }], tf.tensor1d(joiningNumbers(rows / seen)));
    }
    const all = Float32Array.from(batches.flatMap((batch) => Array.from(batch)));
    // Means reach 9 and variances 20. Each is rounded a few times: 32 units of 2^-24 times 20.
    expect(largestDifference(await population.data(), momentsOf(all))).toBeLessThan(32 * 20 * 2 ** -24);
  });
});

describeBackends('updateRunningAverages', () => {
  it('moves by a tenth, with the unbiased variance, also after the averages were read', async () => {
    const running = tf.tensor2d([0, 1, 2, 1, 1, 1], [2, channels]);
    const moments = tf.tensor2d([10, 10, 10, 3, 3, 3], [2, channels]);
    await running.data();
    updateRunningAverages([running], [{ moments, batchNorms: 1 }], [4]);
    // 0.9 old + 0.1 new; the variance 3 of four values is 4 when unbiased.
    expect(largestDifference(await running.data(), [1, 1.9, 2.8, 1.3, 1.3, 1.3])).toBeLessThan(1e-6);
  });

  it('takes the moments of a layer’s two batch norms from one tensor', async () => {
    const running = [0, 1].map(() => tf.tensor2d([0, 0, 0, 1, 1, 1], [2, channels]));
    const other = tf.tensor2d([0, 0, 0, 1, 1, 1], [2, channels]);
    const rows = [
      [1, 1, 1],
      [2, 2, 2],
      [10, 10, 10],
      [20, 20, 20],
      [7, 7, 7],
      [7, 7, 7],
    ];
    const layers = [
      {
        moments: tf.tensor2d([
          [0, 0, 0],
          [3, 3, 3],
        ]),
        batchNorms: 1,
      },
      { moments: tf.tensor2d(rows), batchNorms: 2 },
    ];
    updateRunningAverages([other, ...running], layers, [3, 2, 5]);
    expect(largestDifference(await other.data(), [0, 0, 0, 1.35, 1.35, 1.35])).toBeLessThan(1e-6);
    expect(largestDifference(await running[0]!.data(), [0.1, 0.1, 0.1, 1.3, 1.3, 1.3])).toBeLessThan(1e-6);
    expect(largestDifference(await running[1]!.data(), [1, 1, 1, 3.4, 3.4, 3.4])).toBeLessThan(1e-6);
  });

  it('refuses a batch of one value, which has no variance', () => {
    const pair = tf.zeros([2, channels]) as tf.Tensor2D;
    expect(() => updateRunningAverages([pair], [{ moments: pair, batchNorms: 1 }], [1])).toThrow(RangeError);
  });
});
