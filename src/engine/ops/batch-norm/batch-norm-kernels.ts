/** Names, inputs and attributes that batch norm's ops share with their kernels on every backend. */
import type { NamedAttrMap, TensorInfo } from '@tensorflow/tfjs-core';

/** Names of the three kernels in tfjs's registry. All use the attributes `BatchNormAttributes`. */
export const batchNormKernels = {
  /** x, affine -> y, moments */
  train: 'ResiduaBatchNormTrain',
  /** x, dy, moments, affine -> dx, d affine */
  trainGradient: 'ResiduaBatchNormTrainGradient',
  /** x, affine, moments -> y */
  apply: 'ResiduaBatchNormApply',
} as const;

/**
 * The inputs, all float32: x and dy [N, H, W, C], affine and moments [2, C]. Each kernel uses some of them.
 */
export type BatchNormInputs = Readonly<Record<'x' | 'affine' | 'moments' | 'dy', TensorInfo>>;

export interface BatchNormAttributes extends NamedAttrMap {
  /** Added to the variance. */
  epsilon: number;
  /** Whether ReLU is applied to the result. */
  relu: boolean;
}
