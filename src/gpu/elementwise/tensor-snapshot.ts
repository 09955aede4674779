/** Copies of tensors on the device, to which they can be set back without a readback. */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { keep, type Tensor, zeros } from '@tensorflow/tfjs-core';
import { webgpuBackend } from '#gpu/backend.ts';
import { runElementwise, vectorComponents } from './elementwise-program.ts';

/**
 * Overwrites a tensor in place by another of the same size. Whatever shares its buffer changes with it.
 */
export const copyInto = (backend: WebGPUBackend, target: Tensor, source: Tensor): void => {
  runElementwise(
    backend,
    {
      name: 'copy',
      inputs: { source },
      components: vectorComponents(source.size),
      body: 'result[index] = source[index];',
    },
    target,
  );
};

/** Overwrites a tensor in place by zeros, whatever it held. Whatever shares its buffer changes with it. */
export const fillZero = (backend: WebGPUBackend, target: Tensor): void => {
  const components = vectorComponents(target.size);
  runElementwise(
    backend,
    { name: 'zero', inputs: {}, components, body: 'result[index] = Value(0.0);' },
    target,
  );
};

export interface TensorSnapshot {
  /** Remembers the tensors as they are now. */
  keep(): void;
  /** Sets the tensors back, in place, to what `keep` remembered last. */
  restore(): void;
  /** Frees the copies; the tensors themselves stay. */
  dispose(): void;
}

/**
 * A place to remember tensors in. The copies live on the device, as large as the tensors, until `dispose`; creating
 * the snapshot remembers the present values.
 */
export const createSnapshot = (tensors: readonly Tensor[]): TensorSnapshot => {
  const copies = tensors.map((tensor) => keep(zeros(tensor.shape)));
  const copyAll = (targets: readonly Tensor[], sources: readonly Tensor[]): void => {
    const backend = webgpuBackend();
    for (const [index, target] of targets.entries()) copyInto(backend, target, sources[index]!);
  };
  copyAll(copies, tensors);
  return {
    keep: () => copyAll(copies, tensors),
    restore: () => copyAll(tensors, copies),
    dispose: () => {
      for (const copy of copies) copy.dispose();
    },
  };
};
