/** The upsampling convolution's kernels on the processor. The enlarged image never exists. */
import { type KernelFunc, registerKernel, type TensorInfo } from '@tensorflow/tfjs-core';
import { type ProcessorBackend, processorBackendName } from '../../cpu/processor-backend.ts';
import { upsampleConvolutionCalls, upsampleConvolutionFilterCalls } from './convolution-calls.ts';
import { type ConvolutionGeometry, upsampleConvolutionGeometry } from './geometry.ts';
import { runConvolution } from './run-convolution.ts';
import { type UpsampleConvolutionAttributes, upsampleConvolutionKernels } from './upsample-kernels.ts';

type Inputs = Readonly<Record<'x' | 'filter' | 'dy', TensorInfo>>;

const register = (
  kernelName: string,
  run: (
    backend: ProcessorBackend,
    geometry: ConvolutionGeometry,
    inputs: Inputs,
    attributes: UpsampleConvolutionAttributes,
  ) => TensorInfo,
): void => {
  const kernelFunc: KernelFunc = ({ inputs, attrs, backend }) => {
    const attributes = attrs as UpsampleConvolutionAttributes;
    const geometry = upsampleConvolutionGeometry(attributes.inputShape, attributes.filterShape);
    return run(backend as ProcessorBackend, geometry, inputs as Inputs, attributes);
  };
  registerKernel({ kernelName, backendName: processorBackendName, kernelFunc });
};

register(upsampleConvolutionKernels.forward, (backend, geometry, { x, filter }) => {
  const { batch, rows, columns, inputChannels } = geometry;
  const calls = upsampleConvolutionCalls(geometry, 'forward');
  return runConvolution(backend, calls, { source: x, filter }, [batch, rows, columns, inputChannels]);
});

register(upsampleConvolutionKernels.inputGradient, (backend, geometry, { dy, filter }, { inputShape }) => {
  const calls = upsampleConvolutionCalls(geometry, 'input-gradient');
  return runConvolution(backend, calls, { source: dy, filter }, inputShape);
});

register(upsampleConvolutionKernels.filterGradient, (backend, geometry, { x, dy }, { filterShape }) =>
  runConvolution(backend, upsampleConvolutionFilterCalls(geometry), { x, dy }, filterShape),
);
