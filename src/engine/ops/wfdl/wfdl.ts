/**
 * The weighted frequency domain loss (Eq. 8; Eq. 5 where every weight is 1) with its analytic gradient as one tfjs
 * operation. The forward pass does all but the last step of the gradient, since the loss already needs D.
 */
import * as tf from '@tensorflow/tfjs-core';
import { ResiduaError } from '#core/errors.ts';
import { imageShapeOf } from '../fft/image-shape.ts';
import type { ImageShape, WorkgroupLimits } from '../fft/plan.ts';
import { releaseOutputGradient, releaseSaved } from '../tape/release.ts';
import { gradientName, lossName, type WfdlAttributes } from './wfdl-attributes.ts';

/** The gradient of the loss, in both images. */
export const wfdlGradient: tf.GradConfig = {
  kernelName: lossName,
  outputsToSave: [false, true, false],
  gradFunc: (dys, saved, attrs) => {
    const [dy, ...others] = dys as tf.Tensor[];
    const [kept] = saved as [tf.Tensor];
    // The other outputs have no gradient, but the tape makes zeros for them.
    for (const zeros of others) releaseOutputGradient(zeros);
    const y = tf.engine().runKernel<tf.Tensor>(gradientName, { kept, dy }, attrs);
    releaseSaved(saved);
    return { x: () => tf.neg(y), y: () => y };
  },
};

interface WfdlOptions {
  /** Replaces the device's workgroup limits: tests run a GPU's plan on a CPU. Ignored by the processor. */
  readonly limits?: WorkgroupLimits | undefined;
  /** float32 [M, N]: a second weight, for a second loss without a gradient. */
  readonly secondWeight?: tf.Tensor2D;
}

const checkShapes = (x: tf.Tensor4D, y: tf.Tensor4D, weights: readonly tf.Tensor2D[]): ImageShape => {
  const shape = imageShapeOf(x.shape, true);
  if (!tf.util.arraysEqual(x.shape, y.shape)) {
    throw new ResiduaError(
      'internal',
      `The loss compares images of shape [${x.shape.join(', ')}] and [${y.shape.join(', ')}], expected one shape.`,
      '',
    );
  }
  for (const weight of weights) {
    if (tf.util.arraysEqual(weight.shape, [shape.rows, shape.columns])) continue;
    throw new ResiduaError(
      'internal',
      `The loss got a weight of shape [${weight.shape.join(', ')}], expected [${shape.rows}, ${shape.columns}].`,
      '',
    );
  }
  return shape;
};

const runWfdl = (
  x: tf.Tensor4D,
  y: tf.Tensor4D,
  weight: tf.Tensor2D,
  { limits, secondWeight }: WfdlOptions,
): [tf.Scalar, tf.Scalar | undefined] => {
  const shape = checkShapes(x, y, secondWeight ? [weight, secondWeight] : [weight]);
  const attributes: WfdlAttributes = { shape, limits, imageShape: x.shape };
  const [loss, kept, second] = tf
    .engine()
    .runKernel<tf.Tensor[]>(
      lossName,
      { x, y, weight, ...(secondWeight ? { secondWeight } : {}) },
      attributes as unknown as tf.NamedAttrMap,
    ) as [tf.Scalar, tf.Tensor, tf.Scalar | undefined];
  kept.dispose();
  return [loss, second];
};

/**
 * Eq. 8: mean over batch, channels and frequencies of w(u, v) |D(u, v)|, D = DFT2(y - x) unnormalized. Its gradient with
 * respect to y is Re IDFT2(w D / |D|) / (batch * channels), 0 where D = 0, and with respect to x the negative of that;
 * the weight has none. Same inputs, same device: same bits.
 * @param x float32 [B, M, N, C]; M and N powers of two from 8 to 512
 * @param y likewise
 * @param weight float32 [M, N], unshifted, as `frequencyWeight` makes it
 * @param limits see `WfdlOptions`
 * @returns a float32 scalar, which the caller disposes
 * @throws ResiduaError `internal` if the shapes do not match or a side is not supported.
 */
export const wfdlLoss = (
  x: tf.Tensor4D,
  y: tf.Tensor4D,
  weight: tf.Tensor2D,
  limits?: WorkgroupLimits,
): tf.Scalar => runWfdl(x, y, weight, { limits })[0];

/**
 * Eq. 8 by two weights, with one transform. Only the first has a gradient.
 * @param secondWeight float32 [M, N], unshifted
 * @param limits see `WfdlOptions`
 * @returns the losses by `weight`, as `wfdlLoss` has it bit for bit, and by `secondWeight`: float32 scalars, which the
 *   caller disposes
 * @throws ResiduaError `internal` as `wfdlLoss`
 */
export const wfdlLossByTwo = (
  x: tf.Tensor4D,
  y: tf.Tensor4D,
  weight: tf.Tensor2D,
  secondWeight: tf.Tensor2D,
  limits?: WorkgroupLimits,
): [tf.Scalar, tf.Scalar] => {
  const [loss, second] = runWfdl(x, y, weight, { limits, secondWeight });
  return [loss, second!];
};
