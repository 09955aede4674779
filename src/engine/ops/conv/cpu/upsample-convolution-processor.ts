/** The upsampling convolution's kernels on the processor. The enlarged image never exists. */
import type { KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';
import type { ProcessorBackend } from '../../../cpu/processor-backend.ts';
import type { OpKernels } from '../../../op-kernels.ts';
import { type ConvolutionGeometry, upsampleConvolutionGeometry } from '../geometry.ts';
import { type UpsampleConvolutionAttributes, upsampleConvolutionKernels } from '../upsample-kernels.ts';
import { upsampleConvolutionCalls, upsampleConvolutionFilterCalls } from './convolution-calls.ts';
import { runConvolution } from './run-convolution.ts';

type Inputs = Readonly<Record<'x' | 'filter' | 'dy', TensorInfo>>;

const kernelOf =
  (
    run: (
      backend: ProcessorBackend,
      geometry: ConvolutionGeometry,
      inputs: Inputs,
      attributes: UpsampleConvolutionAttributes,
    ) => TensorInfo,
  ): KernelFunc =>
  ({ inputs, attrs, backend }) => {
    const attributes = attrs as UpsampleConvolutionAttributes;
    const geometry = upsampleConvolutionGeometry(attributes.inputShape, attributes.filterShape);
    return run(backend as ProcessorBackend, geometry, inputs as Inputs, attributes);
  };

/** Kernels of the upsampling convolution on the processor. */
export const upsampleConvolutionProcessorKernels: OpKernels = {
  [upsampleConvolutionKernels.forward]: kernelOf((backend, geometry, { x, filter }) => {
    const { batch, rows, columns, inputChannels } = geometry;
    const calls = upsampleConvolutionCalls(geometry, 'forward');
    return runConvolution(backend, calls, { source: x, filter }, [batch, rows, columns, inputChannels]);
  }),

  [upsampleConvolutionKernels.inputGradient]: kernelOf(
    (backend, geometry, { dy, filter }, { inputShape }) => {
      const calls = upsampleConvolutionCalls(geometry, 'input-gradient');
      return runConvolution(backend, calls, { source: dy, filter }, inputShape);
    },
  ),

  [upsampleConvolutionKernels.filterGradient]: kernelOf((backend, geometry, { x, dy }, { filterShape }) =>
    runConvolution(backend, upsampleConvolutionFilterCalls(geometry), { x, dy }, filterShape),
  ),
};
