/** RAdam over a list of variables. Every option means the same as in `torch.optim.RAdam`. */
import {
  keep,
  type NamedTensorMap,
  type Scalar,
  type Tensor,
  type Tensor1D,
  tensor1d,
  tidy,
  util,
  type Variable,
  zeros,
} from '@tensorflow/tfjs-core';
import type { OptimizerValues } from '#core/checkpoint/run-values.ts';
import { fillZero, writeValues } from '#engine/ops/elementwise/in-place.ts';
import { createSnapshot, type TensorSnapshot } from '#engine/ops/elementwise/tensor-snapshot.ts';
import { filledRuns, flatLayout } from '#engine/ops/flat/flat-layout.ts';
import { radamNumberCount, radamNumbers, runRadamStep } from '#engine/ops/radam/radam-step.ts';
import { readValues } from '#engine/webgpu/readback.ts';
import { type RadamOptions, radamStep } from './radam-schedule.ts';

export type { RadamOptions } from './radam-schedule.ts';

export interface Radam {
  /** Steps done. */
  readonly steps: number;
  /** First moments, then second, float32 [2, size] by the `flatLayout` of the variables. Owned by the optimizer. */
  readonly moments: Tensor;
  /**
   * float32 [1]: 1 if the last step was refused, else 0. A step is refused if the loss or a gradient is not finite, or a gradient is
   * 2^63 or more. It counts, but changes neither variables nor moments. Owned by the optimizer.
   */
  readonly refused: Tensor1D;
  /**
   * One step: records the kernels and returns without waiting. The variables and moments change in place.
   * @param gradients by the variables' names, as `tf.variableGrads` returns them; the caller owns them
   * @param loss the minimized loss, float32; the caller owns it
   * @throws RangeError if a variable's gradient is missing or has another shape; then nothing has changed
   */
  apply(gradients: NamedTensorMap, loss: Scalar): void;
  /**
   * The first half of `apply`, which is never recorded: counts a step and writes its numbers, which the next
   * `update`, or a replay of it, reads.
   * @returns whether the step is rectified; `update` then does different work
   */
  advance(): boolean;
  /**
   * The second half of `apply`, which can be recorded: updates variables and moments with the step's numbers.
   * @param gradients in the order and with the shapes of the variables; the caller owns them
   * @param rectified as returned by `advance`
   * @param loss as in `apply`
   */
  update(gradients: readonly Tensor[], rectified: boolean, loss: Scalar): void;
  /** Restores the state before the first step; the variables stay unchanged. */
  reset(): void;
  /** Creates a snapshot of step count and moments on the device. The caller disposes it. */
  snapshot(): TensorSnapshot;
  /** Reads step count and moments back, without the gaps between variables. No step may be taken in the meantime. */
  read(): Promise<OptimizerValues>;
  /**
   * Continues from values that `read` returned.
   * @throws RangeError if they have another number of moments; then nothing has changed
   */
  load(values: OptimizerValues): void;
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
 * A RAdam optimizer. Holds two moments for each variable on the device until `dispose`. The step count and everything that
 * follows from it are float64. Source: Liu et al., arXiv 1908.03265, as `torch.optim.RAdam`.
 */
export const createRadam = (options: RadamOptions, variables: readonly Variable[]): Radam => {
  const sizes = variables.map((variable) => variable.size);
  const { offsets, size } = flatLayout(sizes);
  const count = sizes.reduce((sum, ofVariable) => sum + ofVariable, 0);
  const [moments, numbers, refused, filled] = tidy(() => [
    keep(zeros([2, size])),
    keep(zeros([radamNumberCount])),
    keep(zeros([1])),
    keep(tensor1d(filledRuns(sizes))),
  ]) as [Tensor, Tensor1D, Tensor1D, Tensor1D];
  let steps = 0;
  /** Calls back with each variable's part of its moments: in the tensor, and in a list without gaps. */
  const eachPart = (use: (begin: number, end: number, compact: number) => void): void => {
    let compact = 0;
    for (const row of [0, size]) {
      for (const [index, length] of sizes.entries()) {
        const begin = row + offsets[index]!;
        use(begin, begin + length, compact);
        compact += length;
      }
    }
  };
  const advance = (): boolean => {
    steps += 1;
    const step = radamStep(steps, options);
    writeValues(numbers, radamNumbers(step));
    writeValues(refused, Float32Array.of(0));
    return step.rectified;
  };
  const update: Radam['update'] = (gradients, rectified, loss) =>
    runRadamStep({ parameters: variables, gradients, moments, numbers, loss, refused, filled }, rectified);
  return {
    get steps() {
      return steps;
    },
    moments,
    refused,
    apply: (gradients, loss) => {
      checkGradients(variables, gradients);
      const rectified = advance();
      update(
        variables.map(({ name }) => gradients[name]!),
        rectified,
        loss,
      );
    },
    advance,
    update,
    reset: () => {
      steps = 0;
      fillZero(moments);
    },
    snapshot: () => {
      const copies = createSnapshot([moments]);
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
    read: async () => {
      const all = await readValues(moments);
      const values = new Float32Array(2 * count);
      eachPart((begin, end, compact) => values.set(all.subarray(begin, end), compact));
      return { steps, moments: values };
    },
    load: (values) => {
      if (values.moments.length !== 2 * count) {
        throw new RangeError(`RAdam has ${2 * count} moments, got ${values.moments.length}.`);
      }
      const all = new Float32Array(2 * size);
      eachPart((begin, end, compact) =>
        all.set(values.moments.subarray(compact, compact + end - begin), begin),
      );
      writeValues(moments, all);
      steps = values.steps;
    },
    dispose: () => {
      for (const tensor of [moments, numbers, refused, filled]) tensor.dispose();
    },
  };
};
