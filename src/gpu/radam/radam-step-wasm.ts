/** The WASM kernel of a RAdam step: one pass over each parameter, its gradient and both moments. */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { registerKernel, type TensorInfo } from '@tensorflow/tfjs-core';
import { flatLayout } from '#gpu/flat/flat-layout.ts';
import { listOf } from '#gpu/flat/tensor-list.ts';
import { floatsOf } from '#gpu/wasm/wasm-backend.ts';

registerKernel({
  kernelName: 'ResiduaRadamStep',
  backendName: 'wasm',
  kernelFunc: ({ inputs, attrs, backend }) => {
    const wasm = backend as BackendWasm;
    const given = inputs as { moments: TensorInfo; numbers: TensorInfo };
    const { rectified } = attrs as { rectified: boolean };
    const parameters = listOf(inputs, 'parameter').map((tensor) => floatsOf(wasm, tensor));
    const gradients = listOf(inputs, 'gradient').map((tensor) => floatsOf(wasm, tensor));
    const moments = floatsOf(wasm, given.moments);
    const [beta1, beta2, share1, share2, gradientDecay, stepSize, parameterScale, epsilon] = floatsOf(
      wasm,
      given.numbers,
    ) as unknown as [number, number, number, number, number, number, number, number];
    const { offsets } = flatLayout(parameters.map(({ length }) => length));
    for (const [place, parameter] of parameters.entries()) {
      const gradient = gradients[place]!;
      const firsts = moments.subarray(offsets[place]!);
      const seconds = moments.subarray(moments.length / 2 + offsets[place]!);
      for (let index = 0; index < parameter.length; index++) {
        const value = parameter[index]!;
        const slope = gradient[index]! + gradientDecay * value;
        const first = beta1 * firsts[index]! + share1 * slope;
        const second = beta2 * seconds[index]! + share2 * slope * slope;
        firsts[index] = first;
        seconds[index] = second;
        const divisor = rectified ? Math.sqrt(second) + epsilon : 1;
        parameter[index] = parameterScale * value - (stepSize * first) / divisor;
      }
    }
    return [];
  },
});
