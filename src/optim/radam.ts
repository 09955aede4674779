/** RAdam over a list of variables, with `torch.optim.RAdam`'s meaning of every option. */
import { keep, type NamedTensorMap, type Tensor, util, type Variable, zeros } from '@tensorflow/tfjs-core';
import { fillZero } from '#gpu/elementwise/in-place.ts';
import { createSnapshot, type TensorSnapshot } from '#gpu/elementwise/tensor-snapshot.ts';
import { runRadamStep } from '#gpu/radam/radam-step.ts';
import { type RadamOptions, radamStep } from './radam-schedule.ts';

export type { RadamOptions } from './radam-schedule.ts';

export interface Radam {
  /** Steps done. */
  readonly steps: number;
  /** First and second moments of each variable, float32 [2, size], in the order of the variables. Owned by the optimiser. */
  readonly moments: readonly Tensor[];
  /**
   * One step: records the kernels and returns without waiting. The variables and moments change in place.
   * @param gradients by the variables' names, as `tf.variableGrads` returns them; they stay the caller's
   * @throws RangeError where a variable's gradient is missing or has another shape; then nothing has changed
   */
  apply(gradients: NamedTensorMap): void;
  /** Back to the state before the first step; the variables stay as they are. */
  reset(): void;
  /** A place to remember steps and moments in, on the device; it starts with the present ones. The caller disposes it. */
  snapshot(): TensorSnapshot;
  /** Frees the moments; the variables stay. */
  dispose(): void;
}

const checkGradients = (variables: readonly Variable[], gradients: NamedTensorMap): void => {
  for (const { name, shape } of variables) {
    const gradient = gradients[name];
    if (!gradient) throw new RangeError(`RAdam got no gradient for the variable '${name}'.`);
    if (!util.arraysEqual(gradient.shape, shape)) {
      throw new RangeError(
        `RAdam got a gradient of shape [${gradient.shape}] for the variable '${name}' of shape [${shape}].`,
      );
    }
  }
};

/**
 * A RAdam optimiser. Holds two moments for each variable on the device until `dispose`. The step count and all that
 * follows from it are float64. Source: Liu et al., arXiv 1908.03265, as `torch.optim.RAdam`.
 */
export const createRadam = (options: RadamOptions, variables: readonly Variable[]): Radam => {
  const moments = variables.map(({ size }) => keep(zeros([2, size])));
  let steps = 0;
  return {
    get steps() {
      return steps;
    },
    moments,
    apply: (gradients) => {
      checkGradients(variables, gradients);
      steps += 1;
      const step = radamStep(steps, options);
      for (const [index, parameter] of variables.entries()) {
        const gradient = gradients[parameter.name]!;
        runRadamStep({ parameter, gradient, moments: moments[index]! }, step);
      }
    },
    reset: () => {
      steps = 0;
      for (const tensor of moments) fillZero(tensor);
    },
    snapshot: () => {
      const copies = createSnapshot(moments);
      let keptSteps = steps;
      return {
        keep: () => {
          copies.keep();
          keptSteps = steps;
        },
        restore: () => {
          copies.restore();
          steps = keptSteps;
        },
        dispose: copies.dispose,
      };
    },
    dispose: () => {
      for (const tensor of moments) tensor.dispose();
    },
  };
};
