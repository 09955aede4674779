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

registerKernel({
  kernelName: 'ResiduaAccumulate',
  backendName: 'wasm',
  kernelFunc: ({ inputs, backend }) => {
    const { target, source } = inputs as { target: TensorInfo; source: TensorInfo };
    const sums = floatsOf(backend as BackendWasm, target);
    const values = floatsOf(backend as BackendWasm, source);
    for (let i = 0; i < sums.length; i++) sums[i] = sums[i]! + values[i]!;
    return [];
  },
});

registerKernel({
  kernelName: 'ResiduaStoreValue',
  backendName: 'wasm',
  kernelFunc: ({ inputs, attrs, backend }) => {
    const { target, value } = inputs as { target: TensorInfo; value: TensorInfo };
    const { index } = attrs as { index: number };
    const wasm = backend as BackendWasm;
    floatsOf(wasm, target)[index] = floatsOf(wasm, value)[0]!;
    return [];
  },
});
