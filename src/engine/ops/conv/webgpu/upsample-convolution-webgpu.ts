/**
 * The upsampling convolution's kernels on WebGPU. It is the input gradient of a convolution with 4x4 taps and stride 2 from the
 * large image to the small one, and uses its kernels: four taps reach a pixel instead of nine.
 */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';
import type { OpKernels } from '../../../op-kernels.ts';
import { type ConvolutionGeometry, upsampleConvolutionGeometry } from '../geometry.ts';
import { type UpsampleConvolutionAttributes, upsampleConvolutionKernels } from '../upsample-kernels.ts';
import { type ConvolutionDevice, convolutionDeviceOf } from './convolution-device.ts';
import { runFilterGradient } from './filter-webgpu.ts';
import { runGather } from './gather-webgpu.ts';
import { expandFilter, foldFilter } from './upsample-filter.ts';

type Inputs = Readonly<Record<'x' | 'filter' | 'dy', TensorInfo>>;

interface Context {
  readonly backend: WebGPUBackend;
  readonly geometry: ConvolutionGeometry;
  readonly device: ConvolutionDevice;
}

const kernelOf =
  (run: (context: Context, inputs: Inputs) => TensorInfo): KernelFunc =>
  ({ inputs, attrs, backend: anyBackend }) => {
    const backend = anyBackend as WebGPUBackend;
    const { inputShape, filterShape, device } = attrs as UpsampleConvolutionAttributes;
    const geometry = upsampleConvolutionGeometry(inputShape, filterShape);
    return run({ backend, geometry, device: device ?? convolutionDeviceOf(backend) }, inputs as Inputs);
  };

/** One gathering direction of the convolution with 4x4 taps. */
const runExpanded = (
  { backend, geometry, device }: Context,
  direction: 'forward' | 'input-gradient',
  source: TensorInfo,
  filter: TensorInfo,
): TensorInfo => {
  const expanded = expandFilter(backend, filter);
  const filterLayout = direction === 'forward' ? 'result-source' : 'source-result';
  const result = runGather(backend, geometry, direction, { source, filter: expanded, device, filterLayout });
  backend.disposeData(expanded.dataId);
  return result;
};

/** Kernels of the upsampling convolution on WebGPU. */
export const upsampleConvolutionWebgpuKernels: OpKernels = {
  [upsampleConvolutionKernels.forward]: kernelOf((context, { x, filter }) =>
    runExpanded(context, 'input-gradient', x, filter),
  ),

  [upsampleConvolutionKernels.inputGradient]: kernelOf((context, { dy, filter }) =>
    runExpanded(context, 'forward', dy, filter),
  ),

  [upsampleConvolutionKernels.filterGradient]: kernelOf(({ backend, geometry, device }, { x, dy }) => {
    const expanded = runFilterGradient(backend, geometry, { x: dy, dy: x, device });
    const gradient = foldFilter(backend, expanded);
    backend.disposeData(expanded.dataId);
    return gradient;
  }),
};
