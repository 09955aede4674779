/** Which calls a convolution on the processor is made of: the one place that chooses between the ways to compute it. */
import type { KernelCall } from '#gpu/processor/processor.ts';
import { filterProductCalls, partialFloats } from './filter-product.ts';
import { type GatherProduct, gatherCalls, packedFloats } from './gather-product.ts';
import type { ConvolutionGeometry } from './geometry.ts';
import {
  winogradCalls,
  winogradFilterCalls,
  winogradFilterFloats,
  winogradFloats,
  winogradPays,
} from './winograd-product.ts';

/** Calls that wait for the addresses of their tensors, in bytes. */
export interface ConvolutionCalls<Name extends string> {
  /** Floats of memory that the calls need beside their tensors; 0 if none. Nothing in it has to outlast them. */
  readonly temporaryFloats: number;
  /** In order. Results depend on shapes and values alone. */
  readonly callsAt: (addresses: Readonly<Record<Name | 'temporary', number>>) => KernelCall[];
}

/** The forward direction or the input gradient: `source` is x or dy. */
export const gatherConvolution = (
  product: GatherProduct,
): ConvolutionCalls<'source' | 'filter' | 'result'> => {
  const { geometry, direction } = product;
  if (winogradPays(geometry)) {
    return {
      temporaryFloats: winogradFloats(geometry, direction),
      callsAt: (addresses) => winogradCalls(geometry, direction, addresses),
    };
  }
  return {
    temporaryFloats: packedFloats(product),
    callsAt: ({ temporary, ...addresses }) => gatherCalls(product, { ...addresses, packed: temporary }),
  };
};

/** The gradient of a filter: `source` is x, `gradient` dy, of the geometry. */
export const filterConvolution = (
  geometry: ConvolutionGeometry,
): ConvolutionCalls<'source' | 'gradient' | 'result'> => {
  if (winogradPays(geometry)) {
    return {
      temporaryFloats: winogradFilterFloats(geometry),
      callsAt: (addresses) => winogradFilterCalls(geometry, addresses),
    };
  }
  return {
    temporaryFloats: partialFloats(geometry),
    callsAt: ({ temporary, ...addresses }) =>
      filterProductCalls(geometry, { ...addresses, partials: temporary }),
  };
};
