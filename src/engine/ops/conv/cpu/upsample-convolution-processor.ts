/** The upsampling convolution's kernels on the processor. The enlarged image never exists. */
import type { OpKernels } from '../../../op-kernels.ts';
import { upsampleConvolutionGeometry } from '../geometry.ts';
import { type UpsampleConvolutionAttributes, upsampleConvolutionKernels } from '../upsample-kernels.ts';
import { upsampleConvolutionCalls, upsampleConvolutionFilterCalls } from './convolution-calls.ts';
import { kernelsBy, runConvolution } from './run-convolution.ts';

const kernelOf = kernelsBy(({ inputShape, filterShape }: UpsampleConvolutionAttributes) =>
  upsampleConvolutionGeometry(inputShape, filterShape),
);

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
