/** Ops that overwrite a tensor in place, on whatever backend runs. */
import { engine, type Tensor } from '@tensorflow/tfjs-core';
import './in-place-wasm.ts';
import './in-place-webgpu.ts';

/**
 * Overwrites a tensor in place by another of the same size. Whatever shares its buffer changes with it.
 * @throws RangeError where the sizes differ
 */
export const copyInto = (target: Tensor, source: Tensor): void => {
  if (target.size !== source.size) {
    throw new RangeError(`copyInto got ${source.size} values for a tensor of ${target.size}.`);
  }
  engine().runKernel('ResiduaCopyInto', { target, source });
};

/** Overwrites a tensor in place by zeros, whatever it held. Whatever shares its buffer changes with it. */
export const fillZero = (target: Tensor): void => {
  engine().runKernel('ResiduaFillZero', { target });
};
