/**
 * Batch normalization as tfjs ops: with batch statistics and a gradient for training, or with given
 * statistics.
 */
import { engine, type GradConfig, type Tensor, type Tensor2D, type Tensor4D } from '@tensorflow/tfjs-core';
import { releaseOutputGradient, releaseSaved } from '../tape/release.ts';
import { type BatchNormAttributes, batchNormKernels } from './batch-norm-kernels.ts';

/** PyTorch's default, added to the variance. */
export const batchNormEpsilon = 1e-5;

export interface BatchNormOptions {
  /** Added to the variance; 1e-5 by default. */
  readonly epsilon?: number;
  /** Whether the same kernel applies ReLU to the result; false by default. */
  readonly relu?: boolean;
}

/** The gradient of `batchNormTrain`. */
export const batchNormGradient: GradConfig = {
  kernelName: batchNormKernels.train,
  inputsToSave: ['x', 'affine'],
  outputsToSave: [false, true],
  gradFunc: (dys, saved, attrs) => {
    const [dy] = dys as Tensor[];
    const [x, affine, moments] = saved as [Tensor, Tensor, Tensor];
    const [dx, daffine] = engine().runKernel<Tensor[]>(
      batchNormKernels.trainGradient,
      { x, affine, moments, dy: dy! },
      attrs,
    ) as [Tensor, Tensor];
    releaseSaved([x, affine, moments]);
    releaseOutputGradient(dy!);
    return { x: () => dx, affine: () => daffine };
  },
};

const attributes = ({ epsilon = batchNormEpsilon, relu = false }: BatchNormOptions): BatchNormAttributes => ({
  epsilon,
  relu,
});

const checkShapes = (x: Tensor4D, pairs: Readonly<Record<string, Tensor2D>>): void => {
  const channels = x.shape[3];
  for (const [name, { shape }] of Object.entries(pairs)) {
    if (shape.length !== 2 || shape[0] !== 2 || shape[1] !== channels) {
      throw new RangeError(
        `Batch norm of [${x.shape}] got ${name} of shape [${shape}], expected [2, ${channels}].`,
      );
    }
  }
};

/**
 * Normalizes each channel by its mean and biased variance over batch and pixels, then scales and shifts:
 * y = (x - mean) / sqrt(variance + epsilon) * weight + bias, with optional ReLU after it.
 * Differentiable in `x` and `affine` through `y`; the moments are for running averages and carry no gradient.
 * Source: Ioffe and Szegedy, arXiv 1502.03167, as `torch.nn.BatchNorm2d` in training.
 * @param x float32 [N, H, W, C]
 * @param affine float32 [2, C]: weight (gamma), then bias (beta)
 * @returns y like x, and moments [2, C]: mean, then biased variance; the caller owns both
 * @throws RangeError if affine does not fit x
 */
export const batchNormTrain = (
  x: Tensor4D,
  affine: Tensor2D,
  options: BatchNormOptions = {},
): { y: Tensor4D; moments: Tensor2D } => {
  checkShapes(x, { affine });
  const [y, moments] = engine().runKernel<Tensor[]>(
    batchNormKernels.train,
    { x, affine },
    attributes(options),
  ) as [Tensor4D, Tensor2D];
  return { y, moments };
};

/**
 * Normalizes by given statistics, as `torch.nn.BatchNorm2d` in evaluation, with optional ReLU after it.
 * Not differentiable.
 * @param x float32 [N, H, W, C]
 * @param affine float32 [2, C]: weight, then bias
 * @param statistics float32 [2, C]: mean, then variance
 * @returns y like x; the caller disposes it
 * @throws RangeError if affine or statistics do not fit x
 */
export const batchNormApply = (
  x: Tensor4D,
  affine: Tensor2D,
  statistics: Tensor2D,
  options: BatchNormOptions = {},
): Tensor4D => {
  checkShapes(x, { affine, statistics });
  return engine().runKernel(batchNormKernels.apply, { x, affine, moments: statistics }, attributes(options));
};
