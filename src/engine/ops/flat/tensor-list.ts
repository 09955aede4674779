/** Lists of tensors as the inputs of a kernel, which have names in tfjs. */
import type { NamedTensorInfoMap, NamedTensorMap, Tensor, TensorInfo } from '@tensorflow/tfjs-core';

/** tensor0, tensor1, ... -> one array, and the copies of the tensors in it. */
export const sideBySideKernel = 'ResiduaSideBySide';

/** Names the tensors of a list `name0`, `name1` and so on. */
export const namedList = (name: string, tensors: readonly Tensor[]): NamedTensorMap =>
  Object.fromEntries(tensors.map((tensor, index) => [`${name}${index}`, tensor]));

/** The tensors of a kernel's list, in order. */
export const listOf = (inputs: NamedTensorInfoMap, name: string): TensorInfo[] => {
  const list: TensorInfo[] = [];
  for (let index = 0; inputs[`${name}${index}`]; index++) list.push(inputs[`${name}${index}`] as TensorInfo);
  return list;
};
