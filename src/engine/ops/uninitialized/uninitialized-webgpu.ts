/** The WebGPU kernel of a tensor of undefined values, which gets its buffer later. */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { OpKernels } from '../../op-kernels.ts';

/** Kernels of `uninitialized` on WebGPU. */
export const uninitializedWebgpuKernels: OpKernels = {
  ResiduaUninitialized: ({ attrs, backend }) => {
    const { shape } = attrs as { shape: readonly number[] };
    return (backend as WebGPUBackend).makeTensorInfo([...shape], 'float32');
  },
};
