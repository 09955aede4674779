/** A RAdam step as a tfjs op: a check of the gradients, all moments in place, then all parameters in place. */
import { engine, type Scalar, type Tensor, type Tensor1D } from '@tensorflow/tfjs-core';
import { namedList } from '../flat/tensor-list.ts';

/** Numbers of one step that are the same for every parameter, computed in float64. */
export interface RadamStep {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** Added to the gradient as `gradientDecay` times the parameter. */
  readonly gradientDecay: number;
  /** The parameter is scaled by this before the step: 1 without decoupled weight decay. */
  readonly parameterScale: number;
  /** Factor of the first moment in the step, all corrections included. */
  readonly stepSize: number;
  /** Whether the step is divided by the root of the second moment: rho_t > 5. */
  readonly rectified: boolean;
}

/** Values of the tensor `numbers` of a step: beta1, beta2, 1 - beta1, 1 - beta2, gradientDecay, stepSize, parameterScale, epsilon. */
export const radamNumberCount = 8;

/** The values of a step's tensor `numbers`, rounded to float32. */
export const radamNumbers = (step: RadamStep): Float32Array =>
  Float32Array.of(
    step.beta1,
    step.beta2,
    // 1 - beta in float64: in float32 1 - 0.999 would keep four digits.
    1 - step.beta1,
    1 - step.beta2,
    step.gradientDecay,
    step.stepSize,
    step.parameterScale,
    step.epsilon,
  );

/** The exponent bits of the smallest refused gradient, 2^63: its square is too large for the second moment. */
export const refusedGradientBits = 0x5f00_0000;

/** All float32. */
export interface RadamTensors {
  readonly parameters: readonly Tensor[];
  /** Of the parameters' shapes; they stay the caller's. */
  readonly gradients: readonly Tensor[];
  /** [2, size]: first moments, then second, each by the `flatLayout` of the parameters' sizes. */
  readonly moments: Tensor;
  /** [8], as `radamNumbers` makes them. */
  readonly numbers: Tensor1D;
  /** The minimized loss. */
  readonly loss: Scalar;
  /** [1], 0 before the step. It becomes 1 if the step is refused. */
  readonly refused: Tensor1D;
  /** `filledRuns` of the parameters' sizes. */
  readonly filled: Tensor1D;
}

/**
 * Updates moments and parameters in place and makes no tensor; three dispatches if parameters and gradients lie side by side
 * (`placeSideBySide`). Tensors that share their buffers change too. The step is refused, and changes only `refused`, if the loss
 * or a gradient is not finite, or a gradient is 2^63 or more.
 * @param rectified as in `RadamStep`
 */
export const runRadamStep = (
  { parameters, gradients, ...others }: RadamTensors,
  rectified: boolean,
): void => {
  engine().runKernel(
    'ResiduaRadamStep',
    { ...namedList('parameter', parameters), ...namedList('gradient', gradients), ...others },
    { rectified },
  );
};
