/**
 * The autoencoder's activations at the end of a block or of the network. Each has one forward and one
 * backward kernel.
 */
import {
  engine,
  type GradConfig,
  type Tensor,
  type Tensor1D,
  type Tensor4D,
  util,
} from '@tensorflow/tfjs-core';
import { releaseOutputGradient, releaseSaved } from '../tape/release.ts';

/** The gradient of `addRelu`. */
export const addReluGradient: GradConfig = {
  kernelName: 'ResiduaAddRelu',
  outputsToSave: [true],
  gradFunc: (dy, saved) => {
    const [y] = saved as [Tensor];
    const slope = engine().runKernel<Tensor>('ResiduaAddReluGradient', { y, dy: dy as Tensor });
    releaseSaved([y]);
    releaseOutputGradient(dy as Tensor);
    // A second handle, since each gradient is freed separately.
    return { a: () => slope, b: () => slope.clone() };
  },
};

/** The gradient of `biasSigmoid`. */
export const biasSigmoidGradient: GradConfig = {
  kernelName: 'ResiduaBiasSigmoid',
  outputsToSave: [true],
  gradFunc: (dy, saved) => {
    const [y] = saved as [Tensor];
    const [dx, dbias] = engine().runKernel<Tensor[]>('ResiduaBiasSigmoidGradient', {
      y,
      dy: dy as Tensor,
    }) as [Tensor, Tensor];
    releaseSaved([y]);
    releaseOutputGradient(dy as Tensor);
    return { x: () => dx, bias: () => dbias };
  },
};

/**
 * ReLU of a sum: max(a + b, 0), NaN kept. Differentiable in both; the gradient at 0 is 0, as in PyTorch.
 * @param a float32 [N, H, W, C]
 * @param b like a
 * @returns like a; the caller disposes it
 * @throws RangeError if the shapes differ
 */
export const addRelu = (a: Tensor4D, b: Tensor4D): Tensor4D => {
  if (!util.arraysEqual(a.shape, b.shape)) {
    throw new RangeError(`addRelu got shapes [${a.shape}] and [${b.shape}], expected equal ones.`);
  }
  return engine().runKernel('ResiduaAddRelu', { a, b });
};

/**
 * Sigmoid of x with a bias for each channel: 1 / (1 + exp(-(x + bias))), in [0, 1]. Differentiable in both.
 * @param x float32 [N, H, W, C]
 * @param bias float32 [C]
 * @returns like x; the caller disposes it
 * @throws RangeError if the bias does not have C values
 */
export const biasSigmoid = (x: Tensor4D, bias: Tensor1D): Tensor4D => {
  if (bias.size !== x.shape[3]) {
    throw new RangeError(`biasSigmoid of [${x.shape}] got ${bias.size} biases, expected ${x.shape[3]}.`);
  }
  return engine().runKernel('ResiduaBiasSigmoid', { x, bias });
};
