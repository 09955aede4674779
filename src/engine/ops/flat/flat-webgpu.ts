/** Tensors on WebGPU that lie in one buffer by `flatLayout`, which one program can process. */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { OpKernels } from '../../op-kernels.ts';
import { copyTensor } from '../../webgpu/dispatch.ts';
import { bytesOf, forgetCpuCopy, prepareBackend, recordOf } from '../../webgpu/tfjs-internals.ts';
import { BufferView } from '../../webgpu/virtual-buffers.ts';
import { flatLayout } from './flat-layout.ts';
import { listOf, sideBySideKernel } from './tensor-list.ts';

const bytesPerValue = 4;

const layoutOf = (tensors: readonly TensorInfo[]) =>
  flatLayout(tensors.map(({ shape }) => util.sizeFromShape(shape)));

/** A new tensor that lies in another's buffer from value `offset` on. */
const makeView = (
  backend: WebGPUBackend,
  root: TensorInfo,
  offset: number,
  shape: readonly number[],
): TensorInfo => {
  const view = backend.makeTensorInfo([...shape], 'float32');
  const record = recordOf(backend, view.dataId)!;
  record.resource = new BufferView(root.dataId, offset * bytesPerValue, bytesOf(record));
  return view;
};

/** Copies tensors into one new buffer. */
const gather = (backend: WebGPUBackend, tensors: readonly TensorInfo[]): [TensorInfo, TensorInfo[]] => {
  prepareBackend(backend);
  const { offsets, size } = layoutOf(tensors);
  const root = backend.makeTensorInfo([size], 'float32');
  backend.uploadToGPU(root.dataId);
  const views = tensors.map((tensor, index) => {
    const view = makeView(backend, root, offsets[index]!, tensor.shape);
    copyTensor(backend, tensor, view);
    return view;
  });
  return [root, views];
};

/** The array in which these tensors lie by their layout; undefined if they do not. */
const rootOf = (backend: WebGPUBackend, tensors: readonly TensorInfo[]): TensorInfo | undefined => {
  const { offsets, size } = layoutOf(tensors);
  let rootId: object | undefined;
  for (const [index, { dataId }] of tensors.entries()) {
    const resource = recordOf(backend, dataId)?.resource;
    if (!(resource instanceof BufferView) || resource.offset !== offsets[index]! * bytesPerValue)
      return undefined;
    rootId ??= resource.rootId;
    if (resource.rootId !== rootId) return undefined;
  }
  const root = rootId && recordOf(backend, rootId);
  return root && util.sizeFromShape([...root.shape]) === size
    ? { dataId: rootId!, shape: [size], dtype: 'float32' }
    : undefined;
};

/** Calls `use` with the array of these tensors. If they do not lie side by side, it is a temporary copy. */
export const withFlat = <T>(
  backend: WebGPUBackend,
  tensors: readonly TensorInfo[],
  use: (flat: TensorInfo) => T,
): T => {
  const root = rootOf(backend, tensors);
  if (root) return use(root);
  const [copy, views] = gather(backend, tensors);
  const result = use(copy);
  for (const { dataId } of [...views, copy]) backend.disposeData(dataId);
  return result;
};

/** As `withFlat`, but `change` overwrites the array, and the tensors change too. */
export const changeFlat = (
  backend: WebGPUBackend,
  tensors: readonly TensorInfo[],
  change: (flat: TensorInfo) => void,
): void => {
  const root = rootOf(backend, tensors);
  if (root) {
    change(root);
    for (const { dataId } of tensors) forgetCpuCopy(backend, dataId);
    return;
  }
  const [copy, views] = gather(backend, tensors);
  change(copy);
  for (const [index, tensor] of tensors.entries()) copyTensor(backend, views[index]!, tensor);
  for (const { dataId } of [...views, copy]) backend.disposeData(dataId);
};

/** Kernels of `placeSideBySide` on WebGPU. */
export const flatWebgpuKernels: OpKernels = {
  [sideBySideKernel]: ({ inputs, backend }) => {
    const [root, views] = gather(backend as WebGPUBackend, listOf(inputs, 'tensor'));
    return [root, ...views];
  },
};
