/** The convolution's kernels on the processor, in all three directions. */
import { type KernelFunc, registerKernel, type TensorInfo } from '@tensorflow/tfjs-core';
import { type ProcessorBackend, processorBackendName } from '#gpu/processor/processor-backend.ts';
import { type ConvolutionCalls, filterConvolution, gatherConvolution } from './convolution-calls.ts';
import { type ConvolutionAttributes, convolutionKernels } from './convolution-kernels.ts';
import type { GatherProduct } from './gather-product.ts';
import { type ConvolutionGeometry, convolutionGeometry } from './geometry.ts';
import { convolutionProduct } from './processor-products.ts';

/** Runs calls on tensors, with memory of their own as long as they need it. */
const runCalls = <Name extends string>(
  backend: ProcessorBackend,
  { temporaryFloats, callsAt }: ConvolutionCalls<Name>,
  tensors: Readonly<Record<Name, TensorInfo>>,
): void => {
  const temporary = backend.makeOutput([temporaryFloats]);
  const places = Object.entries<TensorInfo>({ ...tensors, temporary }).map(([name, tensor]) => [
    name,
    backend.addressOf(tensor),
  ]);
  const addresses = Object.fromEntries(places) as Record<Name | 'temporary', number>;
  for (const call of callsAt(addresses)) backend.run(call);
  backend.disposeData(temporary.dataId);
};

/** @returns the product of a gathering convolution, of the given shape; the caller owns it */
export const runGather = (
  backend: ProcessorBackend,
  product: GatherProduct,
  inputs: Readonly<Record<'source' | 'filter', TensorInfo>>,
  shape: readonly number[],
): TensorInfo => {
  const result = backend.makeOutput(shape);
  runCalls(backend, gatherConvolution(product), { ...inputs, result });
  return result;
};

/** @returns the gradient of a filter, float32 [rows, columns, in, out] of the geometry; the caller owns it */
export const runFilterProduct = (
  backend: ProcessorBackend,
  geometry: ConvolutionGeometry,
  inputs: Readonly<Record<'source' | 'gradient', TensorInfo>>,
): TensorInfo => {
  const { kernelRows, kernelColumns, inputChannels, outputChannels } = geometry;
  const result = backend.makeOutput([kernelRows, kernelColumns, inputChannels, outputChannels]);
  runCalls(backend, filterConvolution(geometry), { ...inputs, result });
  return result;
};

type Inputs = Readonly<Record<'x' | 'filter' | 'dy', TensorInfo>>;

const register = (
  kernelName: string,
  run: (backend: ProcessorBackend, geometry: ConvolutionGeometry, inputs: Inputs) => TensorInfo,
): void => {
  const kernelFunc: KernelFunc = ({ inputs, attrs, backend }) => {
    const { inputShape, filterShape, stride } = attrs as ConvolutionAttributes;
    const geometry = convolutionGeometry(inputShape, filterShape, stride);
    return run(backend as ProcessorBackend, geometry, inputs as Inputs);
  };
  registerKernel({ kernelName, backendName: processorBackendName, kernelFunc });
};

register(convolutionKernels.forward, (backend, geometry, { x, filter }) => {
  const { batch, outputRows, outputColumns, outputChannels } = geometry;
  const shape = [batch, outputRows, outputColumns, outputChannels];
  return runGather(backend, convolutionProduct(geometry, 'forward'), { source: x, filter }, shape);
});

register(convolutionKernels.inputGradient, (backend, geometry, { dy, filter }) => {
  const { batch, rows, columns, inputChannels } = geometry;
  const shape = [batch, rows, columns, inputChannels];
  return runGather(backend, convolutionProduct(geometry, 'input-gradient'), { source: dy, filter }, shape);
});

register(convolutionKernels.filterGradient, (backend, geometry, { x, dy }) =>
  runFilterProduct(backend, geometry, { source: x, gradient: dy }),
);
