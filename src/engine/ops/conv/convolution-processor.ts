/** The convolution's kernels on the processor, in all three directions. */
import { type KernelFunc, registerKernel, type TensorInfo } from '@tensorflow/tfjs-core';
import { type ProcessorBackend, processorBackendName } from '../../cpu/processor-backend.ts';
import { convolutionCalls, convolutionFilterCalls } from './convolution-calls.ts';
import { type ConvolutionAttributes, convolutionKernels } from './convolution-kernels.ts';
import { type ConvolutionGeometry, convolutionGeometry } from './geometry.ts';
import { runConvolution } from './run-convolution.ts';

type Inputs = Readonly<Record<'x' | 'filter' | 'dy', TensorInfo>>;

const register = (
  kernelName: string,
  run: (
    backend: ProcessorBackend,
    geometry: ConvolutionGeometry,
    inputs: Inputs,
    attributes: ConvolutionAttributes,
  ) => TensorInfo,
): void => {
  const kernelFunc: KernelFunc = ({ inputs, attrs, backend }) => {
    const attributes = attrs as ConvolutionAttributes;
    const { inputShape, filterShape, stride } = attributes;
    const geometry = convolutionGeometry(inputShape, filterShape, stride);
    return run(backend as ProcessorBackend, geometry, inputs as Inputs, attributes);
  };
  registerKernel({ kernelName, backendName: processorBackendName, kernelFunc });
};

register(convolutionKernels.forward, (backend, geometry, { x, filter }) => {
  const { batch, outputRows, outputColumns, outputChannels } = geometry;
  const shape = [batch, outputRows, outputColumns, outputChannels];
  return runConvolution(backend, convolutionCalls(geometry, 'forward'), { source: x, filter }, shape);
});

register(convolutionKernels.inputGradient, (backend, geometry, { dy, filter }, { inputShape }) => {
  const calls = convolutionCalls(geometry, 'input-gradient');
  return runConvolution(backend, calls, { source: dy, filter }, inputShape);
});

register(convolutionKernels.filterGradient, (backend, geometry, { x, dy }, { filterShape }) =>
  runConvolution(backend, convolutionFilterCalls(geometry), { x, dy }, filterShape),
);
