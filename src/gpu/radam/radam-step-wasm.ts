/** The WASM kernel of a RAdam step: one pass over parameter, gradient and both moments. */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { registerKernel, type TensorInfo } from '@tensorflow/tfjs-core';
import { floatsOf } from '#gpu/wasm/wasm-backend.ts';
import type { RadamStep } from './radam-step.ts';

type Inputs = Readonly<Record<'parameter' | 'gradient' | 'moments', TensorInfo>>;

registerKernel({
  kernelName: 'ResiduaRadamStep',
  backendName: 'wasm',
  kernelFunc: ({ inputs, attrs, backend }) => {
    const given = inputs as Inputs;
    const wasm = backend as BackendWasm;
    const { beta1, beta2, epsilon, gradientDecay, parameterScale, stepSize, rectified } =
      attrs as unknown as RadamStep;
    const parameter = floatsOf(wasm, given.parameter);
    const gradient = floatsOf(wasm, given.gradient);
    const moments = floatsOf(wasm, given.moments);
    const size = parameter.length;
    const firsts = moments.subarray(0, size);
    const seconds = moments.subarray(size);
    const share1 = 1 - beta1;
    const share2 = 1 - beta2;
    for (let index = 0; index < size; index++) {
      const value = parameter[index]!;
      const slope = gradient[index]! + gradientDecay * value;
      const first = beta1 * firsts[index]! + share1 * slope;
      const second = beta2 * seconds[index]! + share2 * slope * slope;
      firsts[index] = first;
      seconds[index] = second;
      const divisor = rectified ? Math.sqrt(second) + epsilon : 1;
      parameter[index] = parameterScale * value - (stepSize * first) / divisor;
    }
    return [];
  },
});
