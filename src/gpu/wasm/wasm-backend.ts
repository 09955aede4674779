/** The running WASM backend, and its tensors as typed arrays. */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { TensorInfo } from '@tensorflow/tfjs-core';

/**
 * The values of a float32 tensor, in place. The view ends with the next allocation: the heap may move when it grows, so
 * allocate all outputs first, then take the views.
 */
export const floatsOf = (backend: BackendWasm, tensor: TensorInfo): Float32Array =>
  backend.typedArrayFromHeap(tensor) as Float32Array;

/** A new float32 tensor with whatever its memory held before; the caller owns it. */
export const makeFloats = (backend: BackendWasm, shape: readonly number[]): TensorInfo =>
  backend.makeOutput([...shape], 'float32');
