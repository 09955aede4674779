/** Runs the calls of convolutions on tensors of the processor. */
import type { KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';
import type { ProcessorBackend } from '../../../cpu/processor-backend.ts';
import type { ConvolutionGeometry } from '../geometry.ts';
import type { ConvolutionCalls } from './convolution-calls.ts';

/**
 * @param inputs tensors of the backend, by the names of the calls
 * @param shape of the result
 * @returns the result; the caller owns it
 */
export const runConvolution = <Name extends string>(
  backend: ProcessorBackend,
  { temporaryFloats, callsAt }: ConvolutionCalls<Name>,
  inputs: Readonly<Record<Exclude<Name, 'result'>, TensorInfo>>,
  shape: readonly number[],
): TensorInfo => {
  const result = backend.makeOutput(shape);
  const temporary = backend.makeOutput([temporaryFloats]);
  const places = Object.entries<TensorInfo>({ ...inputs, result, temporary }).map(([name, tensor]) => [
    name,
    backend.addressOf(tensor),
  ]);
  const addresses = Object.fromEntries(places) as Record<Name | 'temporary', number>;
  for (const call of callsAt(addresses)) backend.run(call);
  backend.disposeData(temporary.dataId);
  return result;
};

type Inputs = Readonly<Record<'x' | 'filter' | 'dy', TensorInfo>>;

/**
 * Makes an op's kernels from functions of its geometry. @param geometryOf returns the geometry for the op's
 * attributes
 */
export const kernelsBy =
  <Attributes>(geometryOf: (attributes: Attributes) => ConvolutionGeometry) =>
  (
    run: (
      backend: ProcessorBackend,
      geometry: ConvolutionGeometry,
      inputs: Inputs,
      attributes: Attributes,
    ) => TensorInfo,
  ): KernelFunc =>
  ({ inputs, attrs, backend }) => {
    const attributes = attrs as Attributes;
    return run(backend as ProcessorBackend, geometryOf(attributes), inputs as Inputs, attributes);
  };
