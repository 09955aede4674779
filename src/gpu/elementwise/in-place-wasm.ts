/** The WASM kernels of the ops that overwrite a tensor in place. */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { registerKernel, type TensorInfo } from '@tensorflow/tfjs-core';
import { listOf } from '#gpu/flat/tensor-list.ts';
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
  kernelName: 'ResiduaAccumulateAll',
  backendName: 'wasm',
  kernelFunc: ({ inputs, backend }) => {
    const sources = listOf(inputs, 'source');
    for (const [index, target] of listOf(inputs, 'target').entries()) {
      const sums = floatsOf(backend as BackendWasm, target);
      const values = floatsOf(backend as BackendWasm, sources[index]!);
      for (let i = 0; i < sums.length; i++) sums[i] = sums[i]! + values[i]!;
    }
    return [];
  },
});

registerKernel({
  kernelName: 'ResiduaWriteValues',
  backendName: 'wasm',
  kernelFunc: ({ inputs, attrs, backend }) => {
    const { target } = inputs as { target: TensorInfo };
    const { values } = attrs as unknown as { values: Float32Array };
    floatsOf(backend as BackendWasm, target).set(values);
    return [];
  },
});

registerKernel({
  kernelName: 'ResiduaStoreValue',
  backendName: 'wasm',
  kernelFunc: ({ inputs, backend }) => {
    const { target, index, value } = inputs as Record<'target' | 'index' | 'value', TensorInfo>;
    const wasm = backend as BackendWasm;
    const values = floatsOf(wasm, target);
    const at = floatsOf(wasm, index)[0]!;
    if (at < values.length) values[at] = floatsOf(wasm, value)[0]!;
    return [];
  },
});
