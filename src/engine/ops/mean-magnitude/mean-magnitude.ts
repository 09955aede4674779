/** The mean spectrum of images as a tfjs operation. */
import * as tf from '@tensorflow/tfjs-core';
import { imageShapeOf } from '../fft/image-shape.ts';
import type { WorkgroupLimits } from '../fft/plan.ts';
import { type MeanMagnitudeAttributes, meanMagnitudeName } from './mean-magnitude-attributes.ts';

/**
 * Mean over images and channels of |F(u, v)|, with F unnormalized as in Eq. 2. It has no gradient. Same inputs, same device:
 * same bits.
 * @param x float32 [B, M, N, C]; M and N powers of two from 8 to 512
 * @param limits replaces the device's workgroup limits, for tests; ignored by the processor
 * @returns float32 [M, N], unshifted, which the caller disposes
 * @throws ResiduaError `internal` if a side is not supported.
 */
export const meanMagnitude = (x: tf.Tensor4D, limits?: WorkgroupLimits): tf.Tensor2D => {
  const attributes: MeanMagnitudeAttributes = { shape: imageShapeOf(x.shape, true), limits };
  return tf.engine().runKernel(meanMagnitudeName, { x }, attributes as unknown as tf.NamedAttrMap);
};
