/** Names, inputs and attributes of the kernels of the weighted frequency domain loss. */
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { ImageShape, WorkgroupLimits } from '../fft/plan.ts';

/**
 * Kernel of `LossInputs` to the loss, a scalar; `kept`, a float32 tensor for the gradient, whose shape the kernel chooses; and, with
 * a second weight, the loss by that one.
 */
export const lossName = 'ResiduaWfdl';

/** The kernel that computes the gradient in y from `GradientInputs`. */
export const gradientName = 'ResiduaWfdlGradient';

/** Attributes of both kernels. */
export interface WfdlAttributes {
  readonly shape: ImageShape;
  readonly limits: WorkgroupLimits | undefined;
  readonly imageShape: readonly number[];
}

/** Images, their reconstructions, and the weight [M, N]; optionally a second weight, for a loss without a gradient. */
export interface LossInputs {
  readonly x: TensorInfo;
  readonly y: TensorInfo;
  readonly weight: TensorInfo;
  readonly secondWeight?: TensorInfo;
}

/** The tensor `kept` of the loss kernel, and the gradient of the loss, a scalar. */
export interface GradientInputs {
  readonly kept: TensorInfo;
  readonly dy: TensorInfo;
}

/** Factor of the mean over frequencies, batch and channels, and of the gradient, by IDFT2's 1/MN. */
export const meanScale = ({ outer, rows, columns, inner }: ImageShape): number =>
  1 / (outer * rows * columns * inner);
