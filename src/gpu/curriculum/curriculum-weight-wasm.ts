/** The WASM kernel of a curriculum's weight, in float64 until the values are stored. */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { registerKernel, type TensorInfo } from '@tensorflow/tfjs-core';
import { floatsOf } from '#gpu/wasm/wasm-backend.ts';

registerKernel({
  kernelName: 'ResiduaCurriculumWeight',
  backendName: 'wasm',
  kernelFunc: ({ inputs, attrs, backend }) => {
    const wasm = backend as BackendWasm;
    const given = inputs as { weight: TensorInfo; exponent: TensorInfo };
    const { dcWeight } = attrs as { dcWeight: number };
    const result = wasm.makeOutput(given.weight.shape, 'float32');
    const weight = floatsOf(wasm, given.weight);
    const exponent = floatsOf(wasm, given.exponent)[0]!;
    const values = floatsOf(wasm, result);
    let sum = 0;
    let powers = 0;
    let largest = 0;
    for (let index = 1; index < weight.length; index++) {
      const power = weight[index]! > 0 ? weight[index]! ** exponent : 0;
      sum += weight[index]!;
      powers += power;
      largest = Math.max(largest, power);
      values[index] = power;
    }
    const factor = sum / powers;
    for (let index = 1; index < weight.length; index++) values[index]! *= factor;
    values[0] = dcWeight * largest * factor;
    return result;
  },
});
