/** The WebGPU kernels of the ops that overwrite a tensor in place. */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { registerKernel, type TensorInfo, util } from '@tensorflow/tfjs-core';
import { runElementwise } from './elementwise-program.ts';
import { vectorComponents } from './vector-components.ts';

registerKernel({
  kernelName: 'ResiduaCopyInto',
  backendName: 'webgpu',
  kernelFunc: ({ inputs, backend }) => {
    const { target, source } = inputs as { target: TensorInfo; source: TensorInfo };
    runElementwise(
      backend as WebGPUBackend,
      {
        name: 'copy',
        inputs: { source },
        components: vectorComponents(util.sizeFromShape(source.shape)),
        body: 'result[index] = source[index];',
      },
      target,
    );
    return [];
  },
});

registerKernel({
  kernelName: 'ResiduaFillZero',
  backendName: 'webgpu',
  kernelFunc: ({ inputs, backend }) => {
    const { target } = inputs as { target: TensorInfo };
    const components = vectorComponents(util.sizeFromShape(target.shape));
    runElementwise(
      backend as WebGPUBackend,
      { name: 'zero', inputs: {}, components, body: 'result[index] = Value(0.0);' },
      target,
    );
    return [];
  },
});

registerKernel({
  kernelName: 'ResiduaAccumulate',
  backendName: 'webgpu',
  kernelFunc: ({ inputs, backend }) => {
    const { target, source } = inputs as { target: TensorInfo; source: TensorInfo };
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

registerKernel({
  kernelName: 'ResiduaStoreValue',
  backendName: 'webgpu',
  kernelFunc: ({ inputs, attrs, backend }) => {
    const { target, value } = inputs as { target: TensorInfo; value: TensorInfo };
    const { index } = attrs as { index: number };
    runElementwise(
      backend as WebGPUBackend,
      {
        name: 'store-value',
        inputs: { value },
        components: 1,
        uniforms: [{ name: 'at', type: 'int32', value: index }],
        body: `if (index == uniforms.at) {
        result[index] = value[0];
      }`,
      },
      target,
    );
    return [];
  },
});
