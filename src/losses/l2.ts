/** The mean squared error, the loss that the paper compares with. */
import type * as tf from '@tensorflow/tfjs-core';
import { meanSquaredError } from '#engine/ops/squared-error/squared-error.ts';

/**
 * Mean over batch, pixels and channels of (x - y)^2.
 * @param x float32 [B, M, N, C]
 * @param y float32 [B, M, N, C]
 * @returns a float32 scalar, differentiable in y; the caller disposes it
 */
export const l2Loss = (x: tf.Tensor4D, y: tf.Tensor4D): tf.Scalar => meanSquaredError(x, y);
