/** The processor's call of a RAdam step over all parameters. Pure: addresses and sizes in, a call out. */
import { elementChunks } from '../elementwise/element-chunks.ts';
import * as kernels from '../processor/kernel-numbers.ts';
import type { KernelCall } from '../processor/processor.ts';

/** Where one parameter lies, float32, and its gradient. */
export interface RadamParameter {
  readonly values: number;
  readonly gradient: number;
  /** In floats. */
  readonly size: number;
}

/** Where the rest lies. */
export interface RadamPlace {
  /**
   * Address of eight float32, each rounded once from float64: beta1, 1 - beta1, beta2, 1 - beta2, gradientDecay,
   * parameterScale, epsilon, stepSize.
   */
  readonly numbers: number;
  /** Address of float32 [2, total]: the first moments of all parameters in their order, then the second moments. */
  readonly moments: number;
  /** Whether the step is divided by the root of the second moment. */
  readonly rectified: boolean;
}

/**
 * One step for all parameters: moments and parameters change in place.
 * @returns one call, whose chunks follow from the sizes alone
 */
export const radamCall = (parameters: readonly RadamParameter[], place: RadamPlace): KernelCall => {
  let total = 0;
  const entries = parameters.flatMap(({ values, gradient, size }) => {
    const begin = total;
    total += size;
    return [values, gradient, begin, size];
  });
  return {
    kernel: kernels.radamStep,
    words: [place.numbers, place.moments, Number(place.rectified), parameters.length, total, ...entries],
    chunks: elementChunks(total),
  };
};
