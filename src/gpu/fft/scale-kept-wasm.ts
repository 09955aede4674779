/** The backward pass of losses that have made their whole gradient in the forward pass, beside the WASM backend. */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';
import { floatsOf } from '#gpu/wasm/wasm-backend.ts';

/** Kernel of `kept`, a gradient, and `dy`, a scalar: their product. */
export const scaleKept: KernelFunc = ({ inputs, backend }) => {
  const { kept, dy } = inputs as Readonly<Record<'kept' | 'dy', TensorInfo>>;
  const wasm = backend as BackendWasm;
  const result = wasm.makeOutput([...kept.shape], 'float32');
  const [factor] = floatsOf(wasm, dy);
  const [slopes, scaled] = [floatsOf(wasm, kept), floatsOf(wasm, result)];
  for (let i = 0; i < slopes.length; i++) scaled[i] = slopes[i] * factor;
  return result;
};
