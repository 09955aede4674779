/** What the kernels of the in-place sum have in common. */
import type { TensorInfo } from '@tensorflow/tfjs-core';

/** Name in tfjs's registry: { target, source } -> nothing; the target changes in place. */
export const accumulateKernel = 'ResiduaAccumulate';

export interface AccumulateInputs {
  readonly target: TensorInfo;
  readonly source: TensorInfo;
}
