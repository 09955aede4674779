/** What the kernels of the weighted frequency domain loss are called, and what they take and give. */
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { ImageShape, WorkgroupLimits } from '../fft/plan.ts';

/**
 * Kernel of `LossInputs` to the loss, a scalar; the float32 tensor that its gradient needs, of the kernel's own shape; and,
 * if there is a second weight, the loss by that one.
 */
export const lossName = 'ResiduaWfdl';

/** Kernel of `GradientInputs` to the gradient in y. */
export const gradientName = 'ResiduaWfdlGradient';

/** Attributes of both kernels. */
export interface WfdlAttributes {
  readonly shape: ImageShape;
  readonly limits: WorkgroupLimits | undefined;
  readonly imageShape: readonly number[];
}

/** Images, their reconstructions, and the weight [M, N], of which a second one may give a loss without a gradient. */
export interface LossInputs {
  readonly x: TensorInfo;
  readonly y: TensorInfo;
  readonly weight: TensorInfo;
  readonly secondWeight?: TensorInfo;
}

/** What the loss kernel kept, and the gradient of the loss, a scalar. */
export interface GradientInputs {
  readonly kept: TensorInfo;
  readonly dy: TensorInfo;
}

/** Mean over frequencies, batch and channels; IDFT2's 1/MN in the gradient makes the same factor. */
export const meanScale = ({ outer, rows, columns, inner }: ImageShape): number =>
  1 / (outer * rows * columns * inner);
