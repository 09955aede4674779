/** The factors exp(-2 pi i k / L), computed in float64 and uploaded once per length and device. */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { TensorInfo } from '@tensorflow/tfjs-core';

/** exp(-2 pi i k / length) for k in 0..length-1, rounded once to float32: [length, 2] real, imaginary. */
export const twiddleTable = (length: number): Float32Array => {
  const table = new Float32Array(2 * length);
  for (let k = 0; k < length; k++) {
    const angle = (-2 * Math.PI * k) / length;
    table[2 * k] = Math.cos(angle);
    table[2 * k + 1] = Math.sin(angle);
  }
  return table;
};

const tablesByBackend = new WeakMap<WebGPUBackend, Map<number, TensorInfo>>();

/**
 * The table of a length on the GPU: float32 [2 * length]. The backend owns it; it survives `tidy`, and the caller must not
 * dispose of it.
 */
export const twiddlesOf = (backend: WebGPUBackend, length: number): TensorInfo => {
  let tables = tablesByBackend.get(backend);
  if (!tables) {
    tables = new Map();
    tablesByBackend.set(backend, tables);
  }
  let table = tables.get(length);
  if (!table) {
    table = backend.makeTensorInfo([2 * length], 'float32', twiddleTable(length));
    tables.set(length, table);
  }
  return table;
};
