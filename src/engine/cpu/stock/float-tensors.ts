/** Checks the inputs of the stock kernels. */
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { ResiduaError } from '#core/errors.ts';

/** @throws ResiduaError `internal` if a tensor is not float32 */
export const requireFloats = (kernel: string, ...tensors: readonly TensorInfo[]): void => {
  const other = tensors.find(({ dtype }) => dtype !== 'float32');
  if (!other) return;
  throw new ResiduaError('internal', `${kernel} got a tensor of type ${other.dtype}, expected float32.`, '');
};
