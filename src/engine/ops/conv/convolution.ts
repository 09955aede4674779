/** Convolution with PyTorch's padding as a tfjs op with its gradients, on our own kernels. */
import { engine, type Tensor4D } from '@tensorflow/tfjs-core';
import { gradientOfConvolution } from './convolution-gradient.ts';
import { type ConvolutionAttributes, convolutionKernels } from './convolution-kernels.ts';
import { convolutionGeometry } from './geometry.ts';

export { type ConvolutionAttributes, convolutionKernels } from './convolution-kernels.ts';

export interface ConvolutionOptions {
  /** Step between output pixels, both ways; 1 by default. */
  readonly stride?: number;
}

/** The gradient of `convolution`. */
export const convolutionGradient = gradientOfConvolution(convolutionKernels);

/**
 * Convolution without bias: y[n, i, j, k] = sum over a, b, c of x[n, i s + a - p, j s + b - p, c] filter[a,
 * b, c, k], with p = (size - 1) / 2 zeros on every side at every stride s, as `torch.nn.Conv2d(padding=1)`
 * for 3x3 and `padding=0` for 1x1. Differentiable in both. On the processor, 3x3 convolutions may use
 * Winograd's tiles of 4x4 pixels: an infinity in x then turns its whole tiles into NaN. A run with an
 * infinity has diverged anyway, so this ends no healthy run.
 * @param x float32 [N, H, W, in]
 * @param filter float32 [rows, columns, in, out], odd sizes
 * @returns float32 [N, ceil(H / stride), ceil(W / stride), out]; the caller disposes it
 * @throws RangeError if the shapes do not fit each other, a filter size is even, the stride is not a positive
 *   whole number, or a tensor is not float32
 */
export const convolution = (
  x: Tensor4D,
  filter: Tensor4D,
  { stride = 1 }: ConvolutionOptions = {},
): Tensor4D => {
  convolutionGeometry(x.shape, filter.shape, stride);
  for (const { dtype } of [x, filter]) {
    if (dtype !== 'float32') throw new RangeError(`A convolution got a ${dtype} tensor, expected float32.`);
  }
  const attributes: ConvolutionAttributes = { stride, inputShape: x.shape, filterShape: filter.shape };
  return engine().runKernel(convolutionKernels.forward, { x, filter }, attributes);
};
