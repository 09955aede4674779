/** The two-dimensional transform of real images on WebGPU: two dispatches each way. */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';
import type { OpKernels } from '../../../op-kernels.ts';
import { forwardName, inverseName, type TransformAttributes } from '../transform-attributes.ts';
import { runForwardColumns, runInverseColumns } from './column-kernels.ts';
import { workgroupLimits } from './line-program.ts';
import { runForwardRows, runInverseRows } from './row-kernels.ts';

const shaped = ({ dataId, dtype }: TensorInfo, shape: readonly number[]): TensorInfo => ({
  dataId,
  dtype,
  shape: [...shape],
});

const forwardKernel: KernelFunc = ({ inputs, backend, attrs }) => {
  const { x } = inputs as unknown as { x: TensorInfo };
  const { shape, spectrumShape, edge, interior, ...given } = attrs as unknown as TransformAttributes;
  const webgpu = backend as WebGPUBackend;
  const limits = given.limits ?? workgroupLimits(webgpu);
  const packed = runForwardRows(webgpu, shape, limits, [x]);
  const spectrum = runForwardColumns(webgpu, shape, limits, { edge, interior }, packed);
  webgpu.disposeData(packed.dataId);
  return shaped(spectrum, spectrumShape);
};

const inverseKernel: KernelFunc = ({ inputs, backend, attrs }) => {
  const { spectrum } = inputs as unknown as { spectrum: TensorInfo };
  const { shape, imageShape, edge, interior, ...given } = attrs as unknown as TransformAttributes;
  const webgpu = backend as WebGPUBackend;
  const limits = given.limits ?? workgroupLimits(webgpu);
  const packed = runInverseColumns(webgpu, shape, limits, { edge, interior }, spectrum);
  const image = runInverseRows(webgpu, shape, limits, packed, 1);
  webgpu.disposeData(packed.dataId);
  return shaped(image, imageShape);
};

/** Kernels of the transform and its inverse on WebGPU. */
export const rfft2dWebgpuKernels: OpKernels = {
  [forwardName]: forwardKernel,
  [inverseName]: inverseKernel,
};
