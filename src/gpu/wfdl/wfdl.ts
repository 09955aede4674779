/**
 * The weighted frequency domain loss (Eq. 8; Eq. 5 where every weight is 1) with its analytic gradient as one tfjs
 * operation. The forward pass does all but the last step of the gradient, since the loss already needs D.
 */
import * as tf from '@tensorflow/tfjs-core';
import { ResiduaError } from '#core/errors.ts';
import { releaseOutputGradient, releaseSaved } from '#gpu/tape/release.ts';
import { imageShapeOf } from '../fft/image-shape.ts';
import type { WorkgroupLimits } from '../fft/plan.ts';
import { gradientName, lossName, type WfdlAttributes } from './wfdl-attributes.ts';
import './wfdl-wasm.ts';
import './wfdl-webgpu.ts';

tf.registerGradient({
  kernelName: lossName,
  outputsToSave: [false, true],
  gradFunc: (dys, saved, attrs) => {
    const [dy, keptGradient] = dys as tf.Tensor[];
    const [kept] = saved as [tf.Tensor];
    // What the op kept has no gradient, but the tape makes zeros for it.
    releaseOutputGradient(keptGradient);
    const y = tf.engine().runKernel<tf.Tensor>(gradientName, { kept, dy }, attrs);
    releaseSaved(saved);
    return { x: () => tf.neg(y), y: () => y };
  },
});

/**
 * Eq. 8: mean over batch, channels and frequencies of w(u, v) |D(u, v)|, D = DFT2(y - x) unnormalised. Its gradient with
 * respect to y is Re IDFT2(w D / |D|) / (batch * channels), 0 where D = 0, and with respect to x the negative of that;
 * the weight has none. Same inputs, same device: same bits.
 * @param x float32 [B, M, N, C]; M and N powers of two from 8 to 512
 * @param y likewise
 * @param weight float32 [M, N], unshifted, as `frequencyWeight` makes it
 * @param limits workgroups instead of those that suit the device, where there are any: tests run a GPU's on a CPU so
 * @returns a float32 scalar, which the caller disposes
 * @throws ResiduaError `internal` where the shapes do not match or a side is not supported.
 */
export const wfdlLoss = (
  x: tf.Tensor4D,
  y: tf.Tensor4D,
  weight: tf.Tensor2D,
  limits?: WorkgroupLimits,
): tf.Scalar => {
  const shape = imageShapeOf(x.shape, true);
  if (!tf.util.arraysEqual(x.shape, y.shape)) {
    throw new ResiduaError(
      'internal',
      `The loss compares images of shape [${x.shape.join(', ')}] and [${y.shape.join(', ')}], expected one shape.`,
      '',
    );
  }
  if (!tf.util.arraysEqual(weight.shape, [shape.rows, shape.columns])) {
    throw new ResiduaError(
      'internal',
      `The loss got a weight of shape [${weight.shape.join(', ')}], expected [${shape.rows}, ${shape.columns}].`,
      '',
    );
  }
  const attributes: WfdlAttributes = { shape, limits, imageShape: x.shape };
  const [loss, kept] = tf
    .engine()
    .runKernel<tf.Tensor[]>(lossName, { x, y, weight }, attributes as unknown as tf.NamedAttrMap) as [
    tf.Scalar,
    tf.Tensor,
  ];
  kept.dispose();
  return loss;
};
