/** The numbers of a RAdam step that depend only on the step count, in float64. */
import type { RadamStep } from '#engine/ops/radam/radam-step.ts';

export interface RadamOptions {
  /** A constant, or a function of the step, which counts from 1. */
  readonly learningRate: number | ((step: number) => number);
  /** lambda; 0 by default. */
  readonly weightDecay?: number;
  /** False (default): lambda times the parameter is added to the gradient, as `torch.optim.RAdam` does. True: the
   * parameter is scaled by 1 - learning rate x lambda instead (Loshchilov and Hutter, arXiv 1711.05101). */
  readonly decoupledWeightDecay?: boolean;
  /** 0.9 by default. */
  readonly beta1?: number;
  /** 0.999 by default. */
  readonly beta2?: number;
  /** 1e-8 by default. */
  readonly epsilon?: number;
}

/** Bound on rho_t above which the adaptive rate's variance counts as tractable, as in PyTorch. */
const tractable = 5;

/**
 * Computes the step's constants. Source: Liu et al., arXiv 1908.03265, Algorithm 2, with `torch.optim.RAdam`'s bound, and
 * its epsilon (added to the root of the second moment before bias correction).
 * @param t number of the step, counted from 1
 */
export const radamStep = (t: number, options: RadamOptions): RadamStep => {
  const { weightDecay = 0, decoupledWeightDecay = false } = options;
  const learningRate =
    typeof options.learningRate === 'number' ? options.learningRate : options.learningRate(t);
  const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 } = options;
  const correction1 = 1 - beta1 ** t;
  const correction2 = 1 - beta2 ** t;
  const rhoInfinity = 2 / (1 - beta2) - 1;
  const rho = rhoInfinity - (2 * t * beta2 ** t) / correction2;
  const rectified = rho > tractable;
  const rectification = rectified
    ? Math.sqrt(((rho - 4) * (rho - 2) * rhoInfinity) / ((rhoInfinity - 4) * (rhoInfinity - 2) * rho)) *
      Math.sqrt(correction2)
    : 1;
  return {
    beta1,
    beta2,
    epsilon,
    gradientDecay: decoupledWeightDecay ? 0 : weightDecay,
    parameterScale: decoupledWeightDecay ? 1 - learningRate * weightDecay : 1,
    stepSize: (learningRate / correction1) * rectification,
    rectified,
  };
};
