/** The kernels of our ops. Each device lists all of them in one table, and registers the table with tfjs when it opens. */
import { getKernel, type KernelFunc, registerKernel } from '@tensorflow/tfjs-core';

/** Kernels for one device, by their names in tfjs. */
export type OpKernels = Readonly<Record<string, KernelFunc>>;

/** Registers the kernels that a backend does not have yet. */
export const registerKernels = (backendName: string, kernels: OpKernels): void => {
  for (const [kernelName, kernelFunc] of Object.entries(kernels)) {
    if (!getKernel(kernelName, backendName)) registerKernel({ kernelName, backendName, kernelFunc });
  }
};
