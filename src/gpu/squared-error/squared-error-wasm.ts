/** The WASM kernels of the mean squared error; sums in float64. */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { registerKernel, type TensorInfo } from '@tensorflow/tfjs-core';
import { floatsOf } from '#gpu/wasm/wasm-backend.ts';

type Inputs = Readonly<Record<'x' | 'y' | 'dy', TensorInfo>>;

registerKernel({
  kernelName: 'ResiduaSquaredError',
  backendName: 'wasm',
  kernelFunc: ({ inputs, backend }) => {
    const wasm = backend as BackendWasm;
    const given = inputs as Inputs;
    const result = wasm.makeOutput([], 'float32');
    const [x, y] = [floatsOf(wasm, given.x), floatsOf(wasm, given.y)];
    let sum = 0;
    for (let index = 0; index < x.length; index++) sum += (x[index]! - y[index]!) ** 2;
    floatsOf(wasm, result)[0] = sum / x.length;
    return result;
  },
});

registerKernel({
  kernelName: 'ResiduaSquaredErrorGradient',
  backendName: 'wasm',
  kernelFunc: ({ inputs, backend }) => {
    const wasm = backend as BackendWasm;
    const given = inputs as Inputs;
    const result = wasm.makeOutput(given.y.shape, 'float32');
    const [x, y] = [floatsOf(wasm, given.x), floatsOf(wasm, given.y)];
    const factor = (2 * floatsOf(wasm, given.dy)[0]!) / x.length;
    const gradient = floatsOf(wasm, result);
    for (let index = 0; index < x.length; index++) gradient[index] = factor * (y[index]! - x[index]!);
    return result;
  },
});
