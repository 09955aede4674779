/** Adds a tensor to another in place: gradients of several passes become one. */
import { engine, type Tensor, util } from '@tensorflow/tfjs-core';
import { accumulateKernel } from './accumulate-kernel.ts';
import './accumulate-wasm.ts';
import './accumulate-webgpu.ts';

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
  engine().runKernel(accumulateKernel, { target, source });
};
