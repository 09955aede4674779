/** The processor's kernel of a tensor without values. */

import type { ProcessorBackend } from '../../cpu/processor-backend.ts';
import type { OpKernels } from '../../op-kernels.ts';

/** Kernels of `uninitialized` on the processor. */
export const uninitializedProcessorKernels: OpKernels = {
  ResiduaUninitialized: ({ attrs, backend }) => {
    const { shape } = attrs as { shape: number[] };
    return (backend as ProcessorBackend).makeTensorInfo(shape);
  },
};
