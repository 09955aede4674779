import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import type { DeviceClass } from '#core/device.ts';
import { referenceGradient, referenceMoments } from '#testing/batch-norm-reference.ts';
import { largestDifference } from '#testing/compare.ts';
import { describeGpu } from '#testing/gpu.ts';
import { hashValues } from '#testing/hash-values.ts';
import { webgpuBackend } from '../../webgpu/backend.ts';
import { runGradientSums, runMoments } from './reduction.ts';

const unit = 2 ** -24;

const asTensor = (info: tf.TensorInfo): tf.Tensor => tf.engine().makeTensorFromTensorInfo(info);

// Both plans run on whatever device the tests have: rows below one pass, above one, and above one workgroup a tile.
describeGpu('the reductions over rows', () => {
  for (const device of ['gpu', 'cpu'] as const satisfies readonly DeviceClass[]) {
    for (const [rows, channels] of [
      [3, 5],
      [70, 32],
      [5000, 12],
      [40_000, 3],
    ] as const) {
      it(`give ${rows} rows of ${channels} channels their moments and gradient sums by the ${device} plan`, async () => {
        const x = hashValues(rows * channels, 1);
        const dy = hashValues(rows * channels, 2);
        const affine = Float32Array.of(...hashValues(channels, 3, 0.5, 1.5), ...hashValues(channels, 4));
        const given = { rows, channels, x, affine, epsilon: 1e-5, relu: true };
        const backend = webgpuBackend();
        const tensors = {
          x: tf.tensor2d(x, [rows, channels]),
          dy: tf.tensor2d(dy, [rows, channels]),
          affine: tf.tensor2d(affine, [2, channels]),
        };
        const moments = asTensor(runMoments(backend, tensors.x, device));
        // Values lie in [-1, 1]: the error of a mean or variance is some units times the depth of the joins.
        const depth = Math.ceil(Math.log2(rows)) + 8;
        expect(largestDifference(await moments.data(), referenceMoments(given))).toBeLessThan(
          2 * depth * unit,
        );

        const sums = asTensor(runGradientSums(backend, { ...tensors, moments }, given, device));
        // Each of the sum's terms, at most 2 in size, errs by some units; the running sums by as many as are added.
        const allowed = 2 * rows * unit * depth;
        expect(largestDifference(await sums.data(), referenceGradient(given, dy).daffine)).toBeLessThan(
          allowed,
        );
      });
    }
  }
});
