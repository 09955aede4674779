/** Copies of tensors on the device, to which they can be set back without a readback. */
import { keep, type Tensor, zeros } from '@tensorflow/tfjs-core';
import { copyInto } from './in-place.ts';

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
