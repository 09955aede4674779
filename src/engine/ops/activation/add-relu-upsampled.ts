/** The sum at the end of a residual block that enlarges. The shortcut stays small until it is added. */
import { engine, type GradConfig, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core';
import { releaseOutputGradient, releaseSaved } from '../tape/release.ts';
import { addReluUpsampledKernels } from './add-relu-upsampled-kernels.ts';

/** The gradient of `addReluUpsampled`. */
export const addReluUpsampledGradient: GradConfig = {
  kernelName: addReluUpsampledKernels.forward,
  outputsToSave: [true],
  gradFunc: (dy, saved) => {
    const [y] = saved as [Tensor];
    const [da, db] = engine().runKernel<Tensor[]>(addReluUpsampledKernels.gradient, {
      y,
      dy: dy as Tensor,
    }) as [Tensor, Tensor];
    releaseSaved([y]);
    releaseOutputGradient(dy as Tensor);
    return { a: () => da, b: () => db };
  },
};

/**
 * ReLU of a sum whose second operand is enlarged by 2, nearest neighbor: max(a[n, i, j] + b[n, floor(i / 2),
 * floor(j / 2)], 0), NaN kept. Differentiable in both; the gradient at 0 is 0, as in PyTorch.
 * @param a float32 [N, 2H, 2W, C]
 * @param b float32 [N, H, W, C]
 * @returns like a; the caller disposes it
 * @throws RangeError if the shapes do not fit
 */
export const addReluUpsampled = (a: Tensor4D, b: Tensor4D): Tensor4D => {
  const [batch, rows, columns, channels] = b.shape;
  const expected = [batch, 2 * rows, 2 * columns, channels];
  if (a.shape.some((size, index) => size !== expected[index])) {
    throw new RangeError(
      `addReluUpsampled got shapes [${a.shape}] and [${b.shape}], expected [${expected}] for the first.`,
    );
  }
  return engine().runKernel(addReluUpsampledKernels.forward, { a, b });
};
