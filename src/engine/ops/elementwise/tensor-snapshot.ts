/** Copies of tensors on the device, from which they can be restored without a readback. */
import { keep, type Tensor, zeros } from '@tensorflow/tfjs-core';
import { copyInto } from './in-place.ts';

export interface TensorSnapshot {
  /** Copies the tensors' present values. */
  keep(): void;
  /** Overwrites the tensors, in place, by the values of the last `keep`. */
  restore(): void;
  /** Frees the copies; the tensors themselves stay. */
  dispose(): void;
}

/**
 * Makes a snapshot of the present values. The copies need as much device memory as the tensors, until `dispose`.
 */
export const createSnapshot = (tensors: readonly Tensor[]): TensorSnapshot => {
  const copies = tensors.map((tensor) => keep(zeros(tensor.shape)));
  const copyAll = (targets: readonly Tensor[], sources: readonly Tensor[]): void => {
    for (const [index, target] of targets.entries()) copyInto(target, sources[index]!);
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
