/** The in-place sum on WebGPU. */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { registerKernel, util } from '@tensorflow/tfjs-core';
import { runElementwise, vectorComponents } from '#gpu/elementwise/elementwise-program.ts';
import { type AccumulateInputs, accumulateKernel } from './accumulate-kernel.ts';

registerKernel({
  kernelName: accumulateKernel,
  backendName: 'webgpu',
  kernelFunc: ({ inputs, backend }) => {
    const { target, source } = inputs as unknown as AccumulateInputs;
    runElementwise(
      backend as WebGPUBackend,
      {
        name: 'accumulate',
        inputs: { source },
        components: vectorComponents(util.sizeFromShape(target.shape)),
        body: 'result[index] = result[index] + source[index];',
      },
      target,
    );
    return [];
  },
});
