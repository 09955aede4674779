import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import type { DeviceClass } from '#core/device.ts';
import {
  referenceApply,
  referenceBlockEnd,
  referenceBlockEndGradient,
  referenceGradient,
  referenceMoments,
} from '#testing/batch-norm-reference.ts';
import { blockEndTolerance, makeBlockEnd, type Shape } from '#testing/block-end-case.ts';
import { largestDifference, largestMagnitude } from '#testing/compare.ts';
import { describeGpu } from '#testing/gpu.ts';
import { hashValues } from '#testing/hash-values.ts';
import { webgpuBackend } from '../../webgpu/backend.ts';
import type { PlanForm } from './normalization-plan.ts';
import { runNormalization, runNormalizationGradient } from './normalization-webgpu.ts';

const asTensor = (info: tf.TensorInfo): tf.Tensor => tf.engine().makeTensorFromTensorInfo(info);

/**
 * Shapes of shortcuts: less than one pass of a workgroup, more than one pass, and more than one workgroup.
 */
const shapes: Shape[] = [
  [3, 1, 1, 5],
  [2, 7, 5, 32],
  [5, 40, 25, 12],
];

// Every plan in every form runs on any device.
describeGpu('batch norm’s programs', () => {
  for (const device of ['gpu', 'cpu'] as const satisfies readonly DeviceClass[]) {
    for (const form of ['whole', 'parts', 'joined-parts'] as const satisfies readonly PlanForm[]) {
      for (const shape of shapes) {
        it(`agree with float64 on [${shape}] by the ${device} plan in the form ${form}`, async () => {
          const backend = webgpuBackend();
          const { given, epsilon } = makeBlockEnd(shape, { enlarge: false, projection: false });
          const relu = { ...given.branch, relu: true };
          const x = tf.tensor4d(Float32Array.from(relu.x), shape);
          const affine = tf.tensor2d(Float32Array.from(relu.affine), [2, relu.channels]);
          const dy = hashValues(relu.x.length, 4);
          const options = { epsilon, relu: true, device, form };
          const [y, statistics] = runNormalization(backend, { x, affine }, options);
          const moments = referenceMoments(relu);
          const tolerance = blockEndTolerance(given);
          expect(largestDifference(await asTensor(y).data(), referenceApply(relu, moments))).toBeLessThan(
            tolerance,
          );
          const kept = asTensor(statistics);
          expect(largestDifference(await kept.data(), moments)).toBeLessThan(tolerance);
          const { dx, daffine } = runNormalizationGradient(
            backend,
            { x: x.clone(), affine, statistics: kept, dy: tf.tensor4d(dy, shape) },
            options,
          );
          // As in the tests of `batchNormTrain`.
          const expected = referenceGradient(relu, dy);
          const scale = Math.max(1, largestMagnitude(expected.dx));
          expect(largestDifference(await asTensor(dx).data(), expected.dx)).toBeLessThan(
            8 * tolerance * scale,
          );
          expect(largestDifference(await asTensor(daffine).data(), expected.daffine)).toBeLessThan(
            tolerance * (1 + Math.sqrt(relu.rows) / 8),
          );
        });

        for (const enlarge of [false, true]) {
          // Enlargement and projection are independent code; all four combinations run in the form `whole`.
          for (const projection of form === 'whole' ? [false, true] : [!enlarge]) {
            const name = `${projection ? 'a projection' : 'a shortcut'} of [${shape}]${enlarge ? ', enlarged,' : ''}`;
            it(`agree with float64 on ${name} by the ${device} plan in the form ${form}`, async () => {
              const backend = webgpuBackend();
              const { given, shape: branchShape, epsilon } = makeBlockEnd(shape, { enlarge, projection });
              const { branch, shortcut } = given;
              const options = { epsilon, relu: true, device, form };
              const x = tf.tensor4d(Float32Array.from(branch.x), branchShape);
              const affine = tf.tensor2d(Float32Array.from(branch.affine), [2, branch.channels]);
              const side = 'affine' in shortcut ? shortcut : { x: shortcut };
              const s = tf.tensor4d(Float32Array.from(side.x), shape);
              const sideAffine =
                'affine' in side
                  ? tf.tensor2d(Float32Array.from(side.affine), [2, branch.channels])
                  : undefined;
              const tensors = { s, ...(sideAffine ? { affine: sideAffine } : {}) };
              const [y, statistics] = runNormalization(
                backend,
                { x, affine, shortcut: tensors },
                options,
              ).map(asTensor) as [tf.Tensor, tf.Tensor];
              const tolerance = blockEndTolerance(given);
              expect(largestDifference(await y.data(), referenceBlockEnd(given))).toBeLessThan(tolerance);

              // Other handles hold the tensors, so x and s stay, and their gradients are written to copies.
              const handles = [x.clone(), s.clone()];
              const weights = hashValues(branch.x.length, 4);
              const gradients = runNormalizationGradient(
                backend,
                {
                  x,
                  affine,
                  statistics,
                  dy: tf.tensor4d(weights, branchShape),
                  shortcut: { ...tensors, y },
                },
                options,
              );
              const expected = referenceBlockEndGradient(given, weights);
              const allowed = (values: ArrayLike<number>): number =>
                8 * tolerance * Math.max(1, largestMagnitude(values));
              const sums = tolerance * (1 + Math.sqrt(branch.rows) / 8);
              const got = async (info: tf.TensorInfo) => asTensor(info).data();
              const { dx, daffine, ds, shortcutDaffine } = gradients;
              expect(largestDifference(await got(dx), expected.branch.dx)).toBeLessThan(
                allowed(expected.branch.dx),
              );
              expect(largestDifference(await got(daffine), expected.branch.daffine)).toBeLessThan(sums);
              expect(largestDifference(await got(ds!), expected.shortcut.dx)).toBeLessThan(
                allowed(expected.shortcut.dx),
              );
              if (shortcutDaffine) {
                expect(
                  largestDifference(await got(shortcutDaffine), expected.shortcut.daffine!),
                ).toBeLessThan(sums);
              }
              expect(await handles[0]!.data()).toEqual(Float32Array.from(branch.x));
              expect(await handles[1]!.data()).toEqual(Float32Array.from(side.x));
            });
          }
        }
      }
    }
  }

  it('write the gradient in place of x if nobody else holds it', async () => {
    const backend = webgpuBackend();
    const shape: Shape = [2, 3, 5, 4];
    const affine = tf.tensor2d([1, 1, 1, 1, 0, 0, 0, 0], [2, 4]);
    const options = { epsilon: 1e-5, relu: false };
    const gradientOf = (x: tf.Tensor4D): tf.TensorInfo => {
      const [y, statistics] = runNormalization(backend, { x, affine }, options);
      const { dx, daffine } = runNormalizationGradient(backend, { x, affine, statistics, dy: y }, options);
      for (const info of [y, statistics, daffine]) asTensor(info);
      return dx;
    };
    const x = tf.tensor4d(hashValues(120, 1), shape);
    const held = tf.tensor4d(hashValues(120, 1), shape);
    const handle = held.clone();
    const [own, copy] = [gradientOf(x), gradientOf(held)];
    expect(own.dataId).toBe(x.dataId);
    expect(copy.dataId).not.toBe(held.dataId);
    expect(await asTensor(copy).data()).toEqual(await x.data());
    expect(await handle.data()).toEqual(hashValues(120, 1));
    backend.disposeData(own.dataId);
  });
});
