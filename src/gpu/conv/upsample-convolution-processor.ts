/**
 * The upsampling convolution's kernels on the processor. The enlarged image never exists: all directions run as those of a
 * convolution by 4x4 taps with stride 2 from the large image to the small one (`upsampleConvolutionGeometry`), with four
 * ninths of the multiplications.
 */
import { type KernelFunc, registerKernel, type TensorInfo } from '@tensorflow/tfjs-core';
import { type ProcessorBackend, processorBackendName } from '#gpu/processor/processor-backend.ts';
import { runFilterProduct, runGather } from './convolution-processor.ts';
import { type ConvolutionGeometry, upsampleConvolutionGeometry } from './geometry.ts';
import { foldFilterCall, upsampleConvolutionProduct } from './processor-products.ts';
import { type UpsampleConvolutionAttributes, upsampleConvolutionKernels } from './upsample-kernels.ts';

type Inputs = Readonly<Record<'x' | 'filter' | 'dy', TensorInfo>>;

const register = (
  kernelName: string,
  run: (
    backend: ProcessorBackend,
    geometry: ConvolutionGeometry,
    inputs: Inputs,
    filterShape: readonly number[],
  ) => TensorInfo,
): void => {
  const kernelFunc: KernelFunc = ({ inputs, attrs, backend }) => {
    const { inputShape, filterShape } = attrs as UpsampleConvolutionAttributes;
    const geometry = upsampleConvolutionGeometry(inputShape, filterShape);
    return run(backend as ProcessorBackend, geometry, inputs as Inputs, filterShape);
  };
  registerKernel({ kernelName, backendName: processorBackendName, kernelFunc });
};

register(upsampleConvolutionKernels.forward, (backend, geometry, { x, filter }) => {
  const { batch, rows, columns, inputChannels } = geometry;
  const shape = [batch, rows, columns, inputChannels];
  return runGather(backend, upsampleConvolutionProduct(geometry, 'forward'), { source: x, filter }, shape);
});

register(upsampleConvolutionKernels.inputGradient, (backend, geometry, { dy, filter }) => {
  const { batch, outputRows, outputColumns, outputChannels } = geometry;
  const shape = [batch, outputRows, outputColumns, outputChannels];
  const product = upsampleConvolutionProduct(geometry, 'input-gradient');
  return runGather(backend, product, { source: dy, filter }, shape);
});

register(upsampleConvolutionKernels.filterGradient, (backend, geometry, { x, dy }, filterShape) => {
  const wide = runFilterProduct(backend, geometry, { source: dy, gradient: x });
  const result = backend.makeOutput(filterShape);
  backend.run(
    foldFilterCall(geometry, { filter: backend.addressOf(wide), target: backend.addressOf(result) }),
  );
  backend.disposeData(wide.dataId);
  return result;
});
