/** The processor's calls of a RAdam step over all parameters. Pure: addresses and sizes in, a call out. */

import * as kernels from '../../cpu/kernel-numbers.ts';
import type { KernelCall } from '../../cpu/processor.ts';
import { elementChunks } from '../elementwise/element-chunks.ts';
import { refusedGradientBits } from './radam-step.ts';

/** Addresses of one parameter and its gradient, float32. */
export interface RadamParameter {
  readonly values: number;
  readonly gradient: number;
  /** In floats. */
  readonly size: number;
  /** Offset of its moments in each half of the moments, in floats. */
  readonly offset: number;
}

/** The other addresses and settings. */
export interface RadamPlace {
  /**
   * Address of eight float32, each rounded once from float64: beta1, beta2, 1 - beta1, 1 - beta2, gradientDecay, stepSize,
   * parameterScale, epsilon.
   */
  readonly numbers: number;
  /** Address of float32 [2, half]: the first moments of all parameters, then the second moments. */
  readonly moments: number;
  /** Floats of one half, at least to the end of the last parameter. */
  readonly half: number;
  /** Address of the loss, float32. */
  readonly loss: number;
  /** Address of a float32, 0 before the step; 1 if the step is refused. */
  readonly refused: number;
  /** Whether the step is divided by the root of the second moment. */
  readonly rectified: boolean;
}

/**
 * One step for all parameters: moments and parameters change in place, unless the step is refused.
 * @returns two calls, whose chunks follow from the sizes alone: the check, and the step
 */
export const radamCalls = (
  parameters: readonly RadamParameter[],
  { numbers, moments, half, rectified, loss, refused }: RadamPlace,
): readonly KernelCall[] => {
  const entries = parameters.flatMap(({ values, gradient, offset, size }) => [
    values,
    gradient,
    offset,
    size,
  ]);
  const chunks = elementChunks(half);
  const count = parameters.length;
  return [
    {
      kernel: kernels.gradientCheck,
      words: [refused, count, half, refusedGradientBits, loss, ...entries],
      chunks,
    },
    {
      kernel: kernels.radamStep,
      words: [numbers, moments, Number(rectified), count, half, refused, ...entries],
      chunks,
    },
  ];
};
