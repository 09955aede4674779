/** The kernel calls of a convolution on the processor. Only this file chooses between the algorithms. */
import type { KernelCall } from '../../../cpu/processor.ts';
import type { ConvolutionGeometry } from '../geometry.ts';
import { cornerCalls, cornerFloats, cornersPay } from './corners.ts';
import { filterProductCalls, partialFloats } from './filter-product.ts';
import type { GatherDirection } from './gather-phases.ts';
import { type GatherProduct, gatherCalls, packedFloats } from './gather-product.ts';
import { convolutionProduct, foldFilterCall, upsampleConvolutionProduct } from './processor-products.ts';
import {
  planesPay,
  upsampleFilterPlaneCalls,
  upsampleFilterPlaneFloats,
  upsamplePlaneCalls,
  upsamplePlaneFloats,
} from './upsample-product.ts';
import {
  winogradCalls,
  winogradFilterCalls,
  winogradFilterFloats,
  winogradFloats,
  winogradPays,
} from './winograd-product.ts';

const floatBytes = 4;

/** Calls as a function of the addresses of their tensors, in bytes. */
export interface ConvolutionCalls<Name extends string> {
  /** Number of floats of temporary memory that the calls need; 0 if none. */
  readonly temporaryFloats: number;
  /** Returns the calls in order. Results depend on shapes and values alone. */
  readonly callsAt: (addresses: Readonly<Record<Name | 'temporary', number>>) => KernelCall[];
}

/** Allowed algorithms. */
export interface Ways {
  /** Allows only products that multiply every tap, for comparison; false by default. */
  readonly direct?: boolean;
}

/** `source` is x or dy, `result` y or dx. */
export type GatherCalls = ConvolutionCalls<'source' | 'filter' | 'result'>;

/** `result` is the filter's gradient. */
export type FilterGradientCalls = ConvolutionCalls<'x' | 'dy' | 'result'>;

const productCalls = (product: GatherProduct): GatherCalls => ({
  temporaryFloats: packedFloats(product),
  callsAt: ({ temporary, ...addresses }) => gatherCalls(product, { ...addresses, packed: temporary }),
});

/** A convolution's forward direction or input gradient. */
export const convolutionCalls = (
  geometry: ConvolutionGeometry,
  direction: GatherDirection,
  { direct = false }: Ways = {},
): GatherCalls =>
  !direct && winogradPays(geometry)
    ? {
        temporaryFloats: winogradFloats(geometry, direction),
        callsAt: (addresses) => winogradCalls(geometry, direction, addresses),
      }
    : productCalls(convolutionProduct(geometry, direction));

/** A convolution's filter gradient. */
export const convolutionFilterCalls = (
  geometry: ConvolutionGeometry,
  { direct = false }: Ways = {},
): FilterGradientCalls =>
  !direct && winogradPays(geometry)
    ? {
        temporaryFloats: winogradFilterFloats(geometry),
        callsAt: ({ x, dy, ...places }) =>
          winogradFilterCalls(geometry, { source: x, gradient: dy, ...places }),
      }
    : {
        temporaryFloats: partialFloats(geometry),
        callsAt: ({ x, dy, result, temporary }) =>
          filterProductCalls(geometry, { source: x, gradient: dy, result, partials: temporary }),
      };

/**
 * An upsampling convolution's forward direction or input gradient.
 * @param geometry from `upsampleConvolutionGeometry`
 */
export const upsampleConvolutionCalls = (
  geometry: ConvolutionGeometry,
  direction: GatherDirection,
  { direct = false }: Ways = {},
): GatherCalls => {
  if (!direct && planesPay(geometry)) {
    return {
      temporaryFloats: upsamplePlaneFloats(geometry),
      callsAt: (addresses) => upsamplePlaneCalls(geometry, direction, addresses),
    };
  }
  if (!direct && direction === 'forward' && cornersPay(geometry)) {
    return {
      temporaryFloats: cornerFloats(geometry),
      callsAt: (addresses) => cornerCalls(geometry, addresses),
    };
  }
  return productCalls(upsampleConvolutionProduct(geometry, direction));
};

/**
 * An upsampling convolution's filter gradient.
 * @param geometry from `upsampleConvolutionGeometry`
 */
export const upsampleConvolutionFilterCalls = (
  geometry: ConvolutionGeometry,
  { direct = false }: Ways = {},
): FilterGradientCalls => {
  if (!direct && planesPay(geometry)) {
    return {
      temporaryFloats: upsampleFilterPlaneFloats(geometry),
      callsAt: ({ x, dy, ...places }) =>
        upsampleFilterPlaneCalls(geometry, { source: dy, gradient: x, ...places }),
    };
  }
  const { kernelRows, kernelColumns, inputChannels, outputChannels } = geometry;
  const wideFloats = kernelRows * kernelColumns * inputChannels * outputChannels;
  return {
    temporaryFloats: wideFloats + partialFloats(geometry),
    callsAt: ({ x, dy, result, temporary }) => [
      ...filterProductCalls(geometry, {
        source: dy,
        gradient: x,
        result: temporary,
        partials: temporary + wideFloats * floatBytes,
      }),
      foldFilterCall(geometry, { filter: temporary, target: result }),
    ],
  };
};
