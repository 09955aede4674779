/**
 * The processor's kernel calls of an upsampling convolution with 9 instead of 16 multiplications per pixel of
 * the small image. See `upsample-tiles.assembly.ts`.
 */
import * as kernels from '../../../cpu/kernel-numbers.ts';
import type { KernelCall } from '../../../cpu/processor.ts';
import type { ConvolutionGeometry } from '../geometry.ts';
import { sumPartialsCall } from './filter-product.ts';
import type { GatherDirection } from './gather-phases.ts';
import { panelColumns, sumTapsCall } from './pack-filter.ts';
import { wholeGroups } from './winograd-product.ts';

const floatBytes = 4;
const planes = 9;
/** Number of floats per plane in scratch memory; `upsample-tiles.assembly.ts` has the same number. */
const planeFloats = 16_448 / floatBytes;
const mostStepPixels = 32;

const multiplicationsPerChunk = 1 << 20;
const leastMultiplications = 1 << 16;
const leastChunks = 16;
const leastBlockPixels = 64;
const leastChunkChannels = 32;

/** In smaller images, skipping the taps beyond the edge saves just as much. */
const leastSide = 4;
const mostChannels = 1024;

/** The size of the small image, its channels, and the channels of the large image. */
const sizesOf = ({
  batch,
  outputRows,
  outputColumns,
  outputChannels,
  inputChannels,
}: ConvolutionGeometry) => ({
  rows: outputRows,
  pixels: outputColumns,
  allPixels: batch * outputRows * outputColumns,
  small: outputChannels,
  large: inputChannels,
});

/**
 * Whether the algorithm applies to a convolution, in all three directions, and is faster.
 * @param geometry from `upsampleConvolutionGeometry`
 */
export const planesPay = ({ outputRows, outputColumns, ...geometry }: ConvolutionGeometry): boolean =>
  Math.min(outputRows, outputColumns) >= leastSide &&
  [geometry.inputChannels, geometry.outputChannels].every(
    (channels) => channels % panelColumns === 0 && channels <= mostChannels,
  );

const targetOf = (multiplications: number): number =>
  Math.max(leastMultiplications, Math.min(multiplicationsPerChunk, multiplications / leastChunks));

/** Taps of f that plane 0, 1 or 2 along one axis sums: f0, f0 + f1 + f2, f2. */
const tapsOfPlane = [[0], [0, 1, 2], [2]] as const;

/** The planes whose sum is the gradient of tap 0, 1 or 2: the transpose of `tapsOfPlane`. */
const planesOfTap = [[0, 1], [1], [1, 2]] as const;

const pairs = (axis: readonly (readonly number[])[]): number[][] =>
  axis.flatMap((rows) =>
    axis.map((columns) => rows.flatMap((row) => columns.map((column) => row * axis.length + column))),
  );

/** Number of floats that `upsamplePlaneCalls` needs in addition to its tensors. */
export const upsamplePlaneFloats = ({ inputChannels, outputChannels }: ConvolutionGeometry): number =>
  planes * inputChannels * outputChannels;

interface Cut {
  readonly pixelsPerChunk: number;
  readonly pixelsPerStep: number;
  readonly channelsPerChunk: number;
  readonly columnsPerChunk: number;
}

const planeWords = (
  geometry: ConvolutionGeometry,
  { source, other, result }: Readonly<Record<'source' | 'other' | 'result', number>>,
  [channels, columns]: readonly [number, number],
  { pixelsPerChunk, pixelsPerStep, channelsPerChunk, columnsPerChunk }: Cut,
): Omit<KernelCall, 'kernel'> => {
  const { rows, pixels, allPixels } = sizesOf(geometry);
  const channelBlocks = Math.ceil(channels / channelsPerChunk);
  const columnBlocks = Math.ceil(columns / columnsPerChunk);
  return {
    words: [
      source,
      other,
      result,
      rows,
      pixels,
      channels,
      columns,
      allPixels,
      pixelsPerChunk,
      pixelsPerStep,
      channelsPerChunk,
      channelBlocks,
      columnsPerChunk,
      columnBlocks,
    ],
    chunks: Math.ceil(allPixels / pixelsPerChunk) * channelBlocks * columnBlocks,
  };
};

/**
 * The calls of the forward direction or of the input gradient of the upsampling convolution.
 * @param geometry from `upsampleConvolutionGeometry`
 * @param addresses in bytes; `temporary` has `upsamplePlaneFloats` floats
 */
export const upsamplePlaneCalls = (
  geometry: ConvolutionGeometry,
  direction: GatherDirection,
  addresses: Readonly<Record<'source' | 'filter' | 'result' | 'temporary', number>>,
): KernelCall[] => {
  const { small, large, allPixels } = sizesOf(geometry);
  const forward = direction === 'forward';
  const channels = forward ? small : large;
  const columns = forward ? large : small;
  const perPixel = planes * channels * columns;
  const target = targetOf(perPixel * allPixels);
  const pixelsPerStep = Math.min(mostStepPixels, wholeGroups(planeFloats / Math.max(channels, columns)));
  const pixelsPerChunk = Math.max(
    pixelsPerStep,
    Math.round(target / perPixel / pixelsPerStep) * pixelsPerStep,
  );
  // Each group of columns transforms the same pixels again, so use only as many groups as the threads need.
  const wantedBlocks = Math.min(columns / leastChunkChannels, (pixelsPerStep * perPixel) / (2 * target));
  const columnsPerChunk =
    wantedBlocks > 1 ? Math.ceil(columns / Math.floor(wantedBlocks) / panelColumns) * panelColumns : columns;
  return [
    sumTapsCall({ first: small, second: large, transposed: !forward }, pairs(tapsOfPlane), {
      filter: addresses.filter,
      target: addresses.temporary,
    }),
    {
      kernel: forward ? kernels.upsampleProduct : kernels.upsampleInputGradient,
      ...planeWords(
        geometry,
        { source: addresses.source, other: addresses.temporary, result: addresses.result },
        [channels, columns],
        { pixelsPerChunk, pixelsPerStep, channelsPerChunk: channels, columnsPerChunk },
      ),
    },
  ];
};

const planSums = (geometry: ConvolutionGeometry): Cut => {
  const { small, large, allPixels } = sizesOf(geometry);
  const target = targetOf(planes * allPixels * small * large);
  let channelsPerChunk = Math.min(large, 2 * leastChunkChannels);
  let columnsPerChunk = Math.min(small, 4 * leastChunkChannels);
  const wanted = Math.max(leastBlockPixels, target / (planes * channelsPerChunk * columnsPerChunk));
  const pixelsPerChunk = Math.min(wholeGroups(Math.min(planeFloats / channelsPerChunk, wanted)), allPixels);
  const chunks = () =>
    Math.ceil(allPixels / pixelsPerChunk) *
    Math.ceil(large / channelsPerChunk) *
    Math.ceil(small / columnsPerChunk);
  const halved = (count: number): number => Math.ceil(count / 2 / panelColumns) * panelColumns;
  while (chunks() < leastChunks && channelsPerChunk > leastChunkChannels) {
    channelsPerChunk = halved(channelsPerChunk);
  }
  while (chunks() < leastChunks && columnsPerChunk > leastChunkChannels)
    columnsPerChunk = halved(columnsPerChunk);
  return { pixelsPerChunk, pixelsPerStep: pixelsPerChunk, channelsPerChunk, columnsPerChunk };
};

/** Number of floats that `upsampleFilterPlaneCalls` needs in addition to its tensors. */
export const upsampleFilterPlaneFloats = (geometry: ConvolutionGeometry): number => {
  const { small, large, allPixels } = sizesOf(geometry);
  const blocks = Math.ceil(allPixels / planSums(geometry).pixelsPerChunk);
  // The sums of the planes, and the sums of single blocks if there are several blocks.
  return (blocks === 1 ? 1 : blocks + 1) * planes * small * large;
};

/**
 * The calls of the gradient of an upsampling convolution's filter, [3, 3, in, out].
 * @param geometry from `upsampleConvolutionGeometry`
 * @param addresses in bytes: `source` is dy, `gradient` x; `temporary` has `upsampleFilterPlaneFloats` floats
 */
export const upsampleFilterPlaneCalls = (
  geometry: ConvolutionGeometry,
  addresses: Readonly<Record<'source' | 'gradient' | 'result' | 'temporary', number>>,
): KernelCall[] => {
  const { small, large, allPixels } = sizesOf(geometry);
  const cut = planSums(geometry);
  const size = planes * small * large;
  const blocks = Math.ceil(allPixels / cut.pixelsPerChunk);
  const sum = addresses.temporary;
  const partials = blocks === 1 ? sum : sum + size * floatBytes;
  return [
    {
      kernel: kernels.upsampleSums,
      ...planeWords(
        geometry,
        { source: addresses.source, other: addresses.gradient, result: partials },
        [large, small],
        cut,
      ),
    },
    ...(blocks === 1 ? [] : [sumPartialsCall({ partials, result: sum }, { size, blocks })]),
    sumTapsCall({ first: large, second: small, transposed: true }, pairs(planesOfTap), {
      filter: sum,
      target: addresses.result,
    }),
  ];
};
