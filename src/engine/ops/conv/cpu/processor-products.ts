/** Describes the gathering products of the convolution and of the upsampling convolution. */
import type { KernelCall } from '../../../cpu/processor.ts';
import type { ConvolutionGeometry } from '../geometry.ts';
import type { GatherProduct } from './gather-product.ts';
import { sumTapsCall } from './pack-filter.ts';

const singleTap =
  ({ kernelColumns }: ConvolutionGeometry) =>
  (row: number, column: number): readonly number[] => [row * kernelColumns + column];

/**
 * @param geometry of the convolution; its filter is [rows, columns, in, out]
 * @param direction `forward`: x to y, `input-gradient`: dy to dx
 */
export const convolutionProduct = (
  geometry: ConvolutionGeometry,
  direction: GatherProduct['direction'],
): GatherProduct => ({
  geometry,
  direction,
  filter: {
    first: geometry.inputChannels,
    second: geometry.outputChannels,
    transposed: direction === 'input-gradient',
    tapsOf: singleTap(geometry),
  },
});

const upsampledTaps = 3;

/**
 * The taps of the 3x3 filter, along one side, that entry `entry` of the 4x4 filter sums; see
 * `upsample-filter.ts`.
 */
const summedTaps = (entry: number): readonly number[] =>
  [0, 1, 2].filter((tap) => tap === 2 - entry || tap === 3 - entry);

/**
 * @param geometry from `upsampleConvolutionGeometry`: the convolution from the large image to the small one.
 *   The filter is [3, 3, in, out], that of the upsampling convolution.
 * @param direction of the upsampling convolution. `forward`: x to y, `input-gradient`: dy to dx
 */
export const upsampleConvolutionProduct = (
  geometry: ConvolutionGeometry,
  direction: GatherProduct['direction'],
): GatherProduct => ({
  geometry,
  direction: direction === 'forward' ? 'input-gradient' : 'forward',
  filter: {
    first: geometry.outputChannels,
    second: geometry.inputChannels,
    transposed: direction === 'input-gradient',
    tapsOf: (row, column) =>
      summedTaps(row).flatMap((tapRow) =>
        summedTaps(column).map((tapColumn) => tapRow * upsampledTaps + tapColumn),
      ),
  },
});

/** The entries of the 4x4 filter, along one side, that contain the tap. */
const summedEntries = (tap: number): readonly number[] => [2 - tap, 3 - tap];

const wideTaps = 4;

/**
 * Converts the gradient of the 4x4 filter to that of the 3x3 filter.
 * @param geometry from `upsampleConvolutionGeometry`
 * @param places addresses of `filter`, float32 [4, 4, out, in], and of `target`, float32 [3, 3, in, out]
 */
export const foldFilterCall = (
  geometry: ConvolutionGeometry,
  places: { readonly filter: number; readonly target: number },
): KernelCall => {
  const taps = Array.from({ length: upsampledTaps ** 2 }, (_, tap) =>
    summedEntries(Math.floor(tap / upsampledTaps)).flatMap((row) =>
      summedEntries(tap % upsampledTaps).map((column) => row * wideTaps + column),
    ),
  );
  return sumTapsCall(
    { first: geometry.inputChannels, second: geometry.outputChannels, transposed: true },
    taps,
    places,
  );
};
