/** The focal frequency loss with its analytic gradient as one tfjs operation. */
import * as tf from '@tensorflow/tfjs-core';
import { ResiduaError } from '#core/errors.ts';
import { imageShapeOf } from '../fft/image-shape.ts';
import type { WorkgroupLimits } from '../fft/plan.ts';
import { releaseOutputGradient, releaseSaved } from '../tape/release.ts';
import { type FocalAttributes, focalGradientName, focalName } from './focal-attributes.ts';

/** Options of the focal frequency loss. */
export interface FocalOptions {
  /** Exponent of the weight, from 0 to 4: 0 is the mean squared error. */
  readonly alpha: number;
  /** Replaces the device's workgroup limits: tests run a GPU's plan on a CPU. Ignored by the processor. */
  readonly limits?: WorkgroupLimits;
}

const attributesOf = (x: tf.Tensor4D, y: tf.Tensor4D, { alpha, limits }: FocalOptions): FocalAttributes => {
  if (!(alpha >= 0 && alpha <= 4)) {
    throw new ResiduaError(
      'config-invalid',
      `The focal frequency loss got alpha = ${alpha}, expected a number from 0 to 4.`,
      'Correct it and try again.',
    );
  }
  if (!tf.util.arraysEqual(x.shape, y.shape)) {
    throw new ResiduaError(
      'internal',
      `The loss compares images of shape [${x.shape.join(', ')}] and [${y.shape.join(', ')}], expected one shape.`,
      '',
    );
  }
  return { shape: imageShapeOf(x.shape, true), limits, imageShape: x.shape, alpha };
};

/**
 * The mean over batch, channels and frequencies of w(u, v) |D(u, v)|^2 / MN, where D = DFT2(y - x) as Eq. 2 has it. The
 * weight w = |D|^alpha / max |D|^alpha, with the maximum over the frequencies of one channel of one image, is a constant
 * for the gradient: dL/dy = 2 Re IDFT2(w D) / (batch * channels * MN). Where a channel's D is 0 its loss and gradient are 0.
 *
 * The source uses orthonormal transforms, whose squares are 1/MN of those of Eq. 2; the weight is the same for both. So the
 * loss has the units of the mean squared error, and equals it at alpha 0. A maximum per channel follows the authors' code.
 * Differentiable in `y` only, once. Same inputs, same device: same bits.
 * Source: Jiang, Dai, Wu and Loy, "Focal frequency loss for image reconstruction and synthesis", ICCV 2021,
 * section 3, and the code published with it.
 * @param x float32 [B, M, N, C] in [0, 1]; M and N powers of two from 8 to 512
 * @param y likewise
 * @returns a float32 scalar, which the caller disposes
 * @throws ResiduaError `config-invalid` for an alpha outside of its range, `internal` if the shapes differ or a side is
 *   not supported.
 */
export const focalFrequencyLoss = (x: tf.Tensor4D, y: tf.Tensor4D, options: FocalOptions): tf.Scalar => {
  const attributes = attributesOf(x, y, options) as unknown as tf.NamedAttrMap;
  const lossOfY = tf.customGrad((...given) => {
    const [reconstruction, save] = given as [tf.Tensor, tf.GradSaveFunc];
    const [value, kept] = tf.engine().runKernel<tf.Tensor[]>(focalName, { x, y: reconstruction }, attributes);
    save([kept]);
    return {
      value,
      gradFunc: (dy, saved) => {
        const gradient: tf.Tensor = tf
          .engine()
          .runKernel(focalGradientName, { kept: saved[0], dy }, attributes);
        releaseSaved(saved);
        releaseOutputGradient(dy);
        return gradient;
      },
    };
  });
  return lossOfY(y) as tf.Scalar;
};
