/** The convolution's kernels on the processor, in all three directions. */
import type { KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';
import type { ProcessorBackend } from '../../../cpu/processor-backend.ts';
import type { OpKernels } from '../../../op-kernels.ts';
import { type ConvolutionAttributes, convolutionKernels } from '../convolution-kernels.ts';
import { type ConvolutionGeometry, convolutionGeometry } from '../geometry.ts';
import { convolutionCalls, convolutionFilterCalls } from './convolution-calls.ts';
import { runConvolution } from './run-convolution.ts';

type Inputs = Readonly<Record<'x' | 'filter' | 'dy', TensorInfo>>;

const kernelOf =
  (
    run: (
      backend: ProcessorBackend,
      geometry: ConvolutionGeometry,
      inputs: Inputs,
      attributes: ConvolutionAttributes,
    ) => TensorInfo,
  ): KernelFunc =>
  ({ inputs, attrs, backend }) => {
    const attributes = attrs as ConvolutionAttributes;
    const { inputShape, filterShape, stride } = attributes;
    const geometry = convolutionGeometry(inputShape, filterShape, stride);
    return run(backend as ProcessorBackend, geometry, inputs as Inputs, attributes);
  };

/** Kernels of the convolution on the processor. */
export const convolutionProcessorKernels: OpKernels = {
  [convolutionKernels.forward]: kernelOf((backend, geometry, { x, filter }) => {
    const { batch, outputRows, outputColumns, outputChannels } = geometry;
    const shape = [batch, outputRows, outputColumns, outputChannels];
    return runConvolution(backend, convolutionCalls(geometry, 'forward'), { source: x, filter }, shape);
  }),

  [convolutionKernels.inputGradient]: kernelOf((backend, geometry, { dy, filter }, { inputShape }) => {
    const calls = convolutionCalls(geometry, 'input-gradient');
    return runConvolution(backend, calls, { source: dy, filter }, inputShape);
  }),

  [convolutionKernels.filterGradient]: kernelOf((backend, geometry, { x, dy }, { filterShape }) =>
    runConvolution(backend, convolutionFilterCalls(geometry), { x, dy }, filterShape),
  ),
};
