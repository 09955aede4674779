/** The processor's call of a RAdam step over all parameters. Pure: addresses and sizes in, a call out. */

import * as kernels from '../../cpu/kernel-numbers.ts';
import type { KernelCall } from '../../cpu/processor.ts';
import { elementChunks } from '../elementwise/element-chunks.ts';

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
  /** Whether the step is divided by the root of the second moment. */
  readonly rectified: boolean;
}

/**
 * One step for all parameters: moments and parameters change in place.
 * @returns one call, whose chunks follow from the sizes alone
 */
export const radamCall = (parameters: readonly RadamParameter[], place: RadamPlace): KernelCall => ({
  kernel: kernels.radamStep,
  words: [
    place.numbers,
    place.moments,
    Number(place.rectified),
    parameters.length,
    place.half,
    ...parameters.flatMap(({ values, gradient, offset, size }) => [values, gradient, offset, size]),
  ],
  chunks: elementChunks(place.half),
});
