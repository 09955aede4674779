/** Nearest x2 enlargement and the 3x3 convolution after it as one op: the enlarged tensor never exists. */
import { engine, type Tensor4D } from '@tensorflow/tfjs-core';
import { gradientOfConvolution } from './convolution-gradient.ts';
import { upsampleConvolutionGeometry } from './geometry.ts';
import { type UpsampleConvolutionAttributes, upsampleConvolutionKernels } from './upsample-kernels.ts';

export { type UpsampleConvolutionAttributes, upsampleConvolutionKernels } from './upsample-kernels.ts';

/** The gradient of `upsampleConvolution`. */
export const upsampleConvolutionGradient = gradientOfConvolution(upsampleConvolutionKernels);

/**
 * Repeats every pixel in a 2x2 square, as `torch.nn.Upsample(scale_factor=2)`, then convolves without bias, as
 * `torch.nn.Conv2d(kernel_size=3, padding=1)`: y[n, i, j, k] = sum over a, b, c of
 * x[n, (i + a - 1) / 2, (j + b - 1) / 2, c] filter[a, b, c, k], rounded down, where i + a - 1 and j + b - 1 lie inside the
 * enlarged image. Differentiable in both.
 * @param x float32 [N, H, W, in]
 * @param filter float32 [3, 3, in, out]
 * @returns float32 [N, 2H, 2W, out]; the caller disposes it
 * @throws RangeError if the shapes do not fit each other, the filter is not 3x3, or a tensor is not float32
 */
export const upsampleConvolution = (x: Tensor4D, filter: Tensor4D): Tensor4D => {
  upsampleConvolutionGeometry(x.shape, filter.shape);
  for (const { dtype } of [x, filter]) {
    if (dtype !== 'float32') throw new RangeError(`A convolution got a ${dtype} tensor, expected float32.`);
  }
  const attributes: UpsampleConvolutionAttributes = { inputShape: x.shape, filterShape: filter.shape };
  return engine().runKernel(upsampleConvolutionKernels.forward, { x, filter }, attributes);
};
