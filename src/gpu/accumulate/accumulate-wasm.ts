/** The in-place sum on WASM. */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { registerKernel } from '@tensorflow/tfjs-core';
import { floatsOf } from '#gpu/wasm/wasm-backend.ts';
import { type AccumulateInputs, accumulateKernel } from './accumulate-kernel.ts';

registerKernel({
  kernelName: accumulateKernel,
  backendName: 'wasm',
  kernelFunc: ({ inputs, backend }) => {
    const { target, source } = inputs as unknown as AccumulateInputs;
    const sums = floatsOf(backend as BackendWasm, target);
    const values = floatsOf(backend as BackendWasm, source);
    for (let i = 0; i < sums.length; i++) sums[i] = sums[i]! + values[i]!;
    return [];
  },
});
