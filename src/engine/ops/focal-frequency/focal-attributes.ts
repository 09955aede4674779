/** Names, inputs and attributes of the kernels of the focal frequency loss. */
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { ImageShape, WorkgroupLimits } from '../fft/plan.ts';

/** Kernel of `FocalInputs` to the loss, a scalar, and `kept`: a float32 tensor for the gradient, of the kernel's own shape. */
export const focalName = 'ResiduaFocalFrequency';

/** Kernel of `FocalGradientInputs` to the gradient in y. */
export const focalGradientName = 'ResiduaFocalFrequencyGradient';

/** Attributes of both kernels. */
export interface FocalAttributes {
  readonly shape: ImageShape;
  readonly limits: WorkgroupLimits | undefined;
  readonly imageShape: readonly number[];
  readonly alpha: number;
}

/** Images and their reconstructions. */
export interface FocalInputs {
  readonly x: TensorInfo;
  readonly y: TensorInfo;
}

/** The tensor `kept` of the loss kernel, and the gradient of the loss, a scalar. */
export interface FocalGradientInputs {
  readonly kept: TensorInfo;
  readonly dy: TensorInfo;
}

/** Factor of the mean over frequencies, batch and channels. An orthonormal transform's squares are 1/MN of Eq. 2's. */
export const squareScale = ({ outer, rows, columns, inner }: ImageShape): number =>
  1 / (outer * inner * (rows * columns) ** 2);
