/** Ops that overwrite a tensor in place, on whatever backend runs. */
import { engine, type Scalar, type Tensor, util } from '@tensorflow/tfjs-core';
import './in-place-processor.ts';
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

/**
 * target += source. Whatever shares the target's buffer changes with it.
 * @param target float32
 * @param source float32, of the target's shape; stays the caller's
 * @throws RangeError where the shapes differ
 */
export const accumulate = (target: Tensor, source: Tensor): void => {
  if (!util.arraysEqual(target.shape, source.shape)) {
    throw new RangeError(
      `accumulate got shapes [${target.shape}] and [${source.shape}], expected equal ones.`,
    );
  }
  engine().runKernel('ResiduaAccumulate', { target, source });
};

/**
 * target[index] = value, without a readback.
 * @param target float32, any shape, counted through
 * @throws RangeError where the target has no such index
 */
export const storeValue = (target: Tensor, index: number, value: Scalar): void => {
  if (!Number.isInteger(index) || index < 0 || index >= target.size) {
    throw new RangeError(`storeValue got index ${index} for a tensor of ${target.size} values.`);
  }
  engine().runKernel('ResiduaStoreValue', { target, value }, { index });
};
