/** What batch norm's op and its kernels on every backend agree on: names, inputs and attributes. */
import type { NamedAttrMap, TensorInfo } from '@tensorflow/tfjs-core';

/** Names of the three kernels in tfjs's registry. All take the attributes `BatchNormAttributes`. */
export const batchNormKernels = {
  /** x, affine -> y, moments */
  train: 'ResiduaBatchNormTrain',
  /** x, dy, moments, affine -> dx, d affine */
  trainGradient: 'ResiduaBatchNormTrainGradient',
  /** x, affine, moments -> y */
  apply: 'ResiduaBatchNormApply',
} as const;

/** The kernels' inputs, of which each takes its own: x and dy [N, H, W, C], affine and moments [2, C], all float32. */
export type BatchNormInputs = Readonly<Record<'x' | 'affine' | 'moments' | 'dy', TensorInfo>>;

export interface BatchNormAttributes extends NamedAttrMap {
  /** Added to the variance. */
  epsilon: number;
  /** Whether ReLU follows. */
  relu: boolean;
}
