/** The convolution's kernels for tfjs's WebGPU backend. */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { registerKernel, type TensorInfo } from '@tensorflow/tfjs-core';
import { type ConvolutionDevice, convolutionDeviceOf } from './convolution-device.ts';
import { type ConvolutionAttributes, convolutionKernels } from './convolution-kernels.ts';
import { runFilterGradient } from './filter-webgpu.ts';
import { runGather } from './gather-webgpu.ts';
import { type ConvolutionGeometry, convolutionGeometry } from './geometry.ts';

interface KernelInputs {
  readonly x: TensorInfo;
  readonly filter: TensorInfo;
  readonly dy: TensorInfo;
  readonly device: ConvolutionDevice;
}

const register = (
  kernelName: string,
  run: (backend: WebGPUBackend, geometry: ConvolutionGeometry, inputs: KernelInputs) => TensorInfo,
): void => {
  registerKernel({
    kernelName,
    backendName: 'webgpu',
    kernelFunc: ({ inputs, attrs, backend }) => {
      const webgpu = backend as WebGPUBackend;
      const attributes = attrs as ConvolutionAttributes;
      const device = attributes.device ?? convolutionDeviceOf(webgpu);
      const { inputShape, filterShape, stride } = attributes;
      const geometry = convolutionGeometry(inputShape, filterShape, stride);
      return run(webgpu, geometry, { ...(inputs as unknown as KernelInputs), device });
    },
  });
};

register(convolutionKernels.forward, (backend, geometry, { x, filter, device }) =>
  runGather(backend, geometry, 'forward', { source: x, filter, device }),
);
register(convolutionKernels.inputGradient, (backend, geometry, { dy, filter, device }) =>
  runGather(backend, geometry, 'input-gradient', { source: dy, filter, device }),
);
register(convolutionKernels.filterGradient, runFilterGradient);
