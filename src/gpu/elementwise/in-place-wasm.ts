/** The WASM kernels of the ops that overwrite a tensor in place. */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { registerKernel, type TensorInfo } from '@tensorflow/tfjs-core';
import { floatsOf } from '#gpu/wasm/wasm-backend.ts';

registerKernel({
  kernelName: 'ResiduaCopyInto',
  backendName: 'wasm',
  kernelFunc: ({ inputs, backend }) => {
    const { target, source } = inputs as { target: TensorInfo; source: TensorInfo };
    const wasm = backend as BackendWasm;
    floatsOf(wasm, target).set(floatsOf(wasm, source));
    return [];
  },
});

registerKernel({
  kernelName: 'ResiduaFillZero',
  backendName: 'wasm',
  kernelFunc: ({ inputs, backend }) => {
    const { target } = inputs as { target: TensorInfo };
    floatsOf(backend as BackendWasm, target).fill(0);
    return [];
  },
});
