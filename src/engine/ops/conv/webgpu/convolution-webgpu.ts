/** The convolution's kernels on WebGPU. */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';
import type { OpKernels } from '../../../op-kernels.ts';
import { type ConvolutionAttributes, convolutionKernels } from '../convolution-kernels.ts';
import { type ConvolutionGeometry, convolutionGeometry } from '../geometry.ts';
import { type ConvolutionDevice, convolutionDeviceOf } from './convolution-device.ts';
import { runFilterGradient } from './filter-webgpu.ts';
import { runGather } from './gather-webgpu.ts';

interface KernelInputs {
  readonly x: TensorInfo;
  readonly filter: TensorInfo;
  readonly dy: TensorInfo;
  readonly device: ConvolutionDevice;
}

const kernelOf =
  (
    run: (backend: WebGPUBackend, geometry: ConvolutionGeometry, inputs: KernelInputs) => TensorInfo,
  ): KernelFunc =>
  ({ inputs, attrs, backend }) => {
    const webgpu = backend as WebGPUBackend;
    const attributes = attrs as ConvolutionAttributes;
    const device = attributes.device ?? convolutionDeviceOf(webgpu);
    const { inputShape, filterShape, stride } = attributes;
    const geometry = convolutionGeometry(inputShape, filterShape, stride);
    return run(webgpu, geometry, { ...(inputs as unknown as KernelInputs), device });
  };

/** Kernels of the convolution on WebGPU. */
export const convolutionWebgpuKernels: OpKernels = {
  [convolutionKernels.forward]: kernelOf((backend, geometry, { x, filter, device }) =>
    runGather(backend, geometry, 'forward', { source: x, filter, device }),
  ),
  [convolutionKernels.inputGradient]: kernelOf((backend, geometry, { dy, filter, device }) =>
    runGather(backend, geometry, 'input-gradient', { source: dy, filter, device }),
  ),
  [convolutionKernels.filterGradient]: kernelOf(runFilterGradient),
};
