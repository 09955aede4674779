/** The convolution's kernels on the processor, in all three directions. */
import { type KernelFunc, registerKernel, type TensorInfo } from '@tensorflow/tfjs-core';
import { type ProcessorBackend, processorBackendName } from '#gpu/processor/processor-backend.ts';
import { type ConvolutionAttributes, convolutionKernels } from './convolution-kernels.ts';
import { filterProductCalls, partialFloats } from './filter-product.ts';
import { type GatherProduct, gatherCalls, packedFloats } from './gather-product.ts';
import { type ConvolutionGeometry, convolutionGeometry } from './geometry.ts';
import { convolutionProduct } from './processor-products.ts';

/** @returns the product of a gathering convolution; the caller owns it */
export const runGather = (
  backend: ProcessorBackend,
  product: GatherProduct,
  { source, filter }: Readonly<Record<'source' | 'filter', TensorInfo>>,
  shape: readonly number[],
): TensorInfo => {
  const result = backend.makeOutput(shape);
  const packed = backend.makeOutput([packedFloats(product)]);
  const calls = gatherCalls(product, {
    source: backend.addressOf(source),
    filter: backend.addressOf(filter),
    result: backend.addressOf(result),
    packed: backend.addressOf(packed),
  });
  for (const call of calls) backend.run(call);
  backend.disposeData(packed.dataId);
  return result;
};

/** @returns the gradient of a filter, float32 [rows, columns, in, out] of the geometry; the caller owns it */
export const runFilterProduct = (
  backend: ProcessorBackend,
  geometry: ConvolutionGeometry,
  { source, gradient }: Readonly<Record<'source' | 'gradient', TensorInfo>>,
): TensorInfo => {
  const { kernelRows, kernelColumns, inputChannels, outputChannels } = geometry;
  const result = backend.makeOutput([kernelRows, kernelColumns, inputChannels, outputChannels]);
  const partials = backend.makeOutput([partialFloats(geometry)]);
  const calls = filterProductCalls(geometry, {
    source: backend.addressOf(source),
    gradient: backend.addressOf(gradient),
    result: backend.addressOf(result),
    partials: backend.addressOf(partials),
  });
  for (const call of calls) backend.run(call);
  backend.disposeData(partials.dataId);
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
