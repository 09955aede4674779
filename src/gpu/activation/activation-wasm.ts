/**
 * The WASM kernels of the activations: loops over the heap. ReLU is arithmetic, not a branch: on values whose sign nobody
 * can predict a branch takes five times as long as all the rest. NaN goes through.
 */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { registerKernel, type TensorInfo } from '@tensorflow/tfjs-core';
import { rowsAndChannels } from '#gpu/batch-norm/rows-and-channels.ts';
import { floatsOf, makeFloats } from '#gpu/wasm/wasm-backend.ts';

registerKernel({
  kernelName: 'ResiduaAddRelu',
  backendName: 'wasm',
  kernelFunc: ({ inputs, backend }) => {
    const { a, b } = inputs as { a: TensorInfo; b: TensorInfo };
    const wasm = backend as BackendWasm;
    const y = makeFloats(wasm, a.shape);
    const [left, right, result] = [floatsOf(wasm, a), floatsOf(wasm, b), floatsOf(wasm, y)];
    for (let index = 0; index < result.length; index++) {
      const sum = left[index]! + right[index]!;
      result[index] = 0.5 * (sum + Math.abs(sum));
    }
    return y;
  },
});

registerKernel({
  kernelName: 'ResiduaAddReluGradient',
  backendName: 'wasm',
  kernelFunc: ({ inputs, backend }) => {
    const { y, dy } = inputs as { y: TensorInfo; dy: TensorInfo };
    const wasm = backend as BackendWasm;
    const slope = makeFloats(wasm, y.shape);
    const [values, slopes, result] = [floatsOf(wasm, y), floatsOf(wasm, dy), floatsOf(wasm, slope)];
    for (let index = 0; index < result.length; index++) {
      result[index] = slopes[index]! * +(values[index]! > 0);
    }
    return slope;
  },
});

registerKernel({
  kernelName: 'ResiduaBiasSigmoid',
  backendName: 'wasm',
  kernelFunc: ({ inputs, backend }) => {
    const { x, bias } = inputs as { x: TensorInfo; bias: TensorInfo };
    const wasm = backend as BackendWasm;
    const { channels } = rowsAndChannels(x.shape);
    const y = makeFloats(wasm, x.shape);
    const [values, biases, result] = [floatsOf(wasm, x), floatsOf(wasm, bias), floatsOf(wasm, y)];
    for (let at = 0; at < values.length; at += channels) {
      for (let channel = 0; channel < channels; channel++) {
        result[at + channel] = 1 / (1 + Math.exp(-(values[at + channel]! + biases[channel]!)));
      }
    }
    return y;
  },
});

registerKernel({
  kernelName: 'ResiduaBiasSigmoidGradient',
  backendName: 'wasm',
  kernelFunc: ({ inputs, backend }) => {
    const { y, dy } = inputs as { y: TensorInfo; dy: TensorInfo };
    const wasm = backend as BackendWasm;
    const { channels } = rowsAndChannels(y.shape);
    const dx = makeFloats(wasm, y.shape);
    const dbias = makeFloats(wasm, [channels]);
    const [values, slopes, result] = [floatsOf(wasm, y), floatsOf(wasm, dy), floatsOf(wasm, dx)];
    const sums = new Float64Array(channels);
    for (let at = 0; at < values.length; at += channels) {
      for (let channel = 0; channel < channels; channel++) {
        const value = values[at + channel]!;
        const slope = slopes[at + channel]! * value * (1 - value);
        result[at + channel] = slope;
        sums[channel]! += slope;
      }
    }
    floatsOf(wasm, dbias).set(sums);
    return [dx, dbias];
  },
});
