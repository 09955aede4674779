/** The convolution that the model uses: PyTorch's padding, one place to choose the implementation. */
import { conv2d, type Tensor4D } from '@tensorflow/tfjs-core';

/**
 * Convolution with padding (size - 1) / 2 on every side, as PyTorch's `padding=1` for 3x3 and `padding=0` for 1x1, also
 * with stride 2. Differentiable in both.
 * @param x float32 [N, H, W, in]
 * @param filter float32 [size, size, in, out], size 1 or 3
 * @returns float32 [N, H / stride, W / stride, out]; the caller disposes it
 */
export const convolution = (x: Tensor4D, filter: Tensor4D, stride: 1 | 2): Tensor4D =>
  conv2d(x, filter, stride, (filter.shape[0] - 1) / 2);
