/** The convolution's kernels on the processor, in all three directions. */
import type { OpKernels } from '../../../op-kernels.ts';
import { type ConvolutionAttributes, convolutionKernels } from '../convolution-kernels.ts';
import { convolutionGeometry } from '../geometry.ts';
import { convolutionCalls, convolutionFilterCalls } from './convolution-calls.ts';
import { kernelsBy, runConvolution } from './run-convolution.ts';

const kernelOf = kernelsBy(({ inputShape, filterShape, stride }: ConvolutionAttributes) =>
  convolutionGeometry(inputShape, filterShape, stride),
);

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
