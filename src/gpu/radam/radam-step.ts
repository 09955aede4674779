/** A RAdam step as a tfjs op: the moments in place, then the parameter in place. */
import { engine, type Tensor } from '@tensorflow/tfjs-core';
import './radam-step-wasm.ts';
import './radam-step-webgpu.ts';

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
  /** True where the step is divided by the root of the second moment: rho_t > 5. */
  readonly rectified: boolean;
}

export interface RadamTensors {
  readonly parameter: Tensor;
  /** Of the parameter's shape; stays the caller's. */
  readonly gradient: Tensor;
  /** [2, size of the parameter]: first moment, then second. */
  readonly moments: Tensor;
}

/**
 * Updates moments and parameter in place and makes no tensor. All tensors are float32. Whatever shares a buffer with
 * parameter or moments changes with them.
 */
export const runRadamStep = ({ parameter, gradient, moments }: RadamTensors, step: RadamStep): void => {
  engine().runKernel('ResiduaRadamStep', { parameter, gradient, moments }, { ...step });
};
