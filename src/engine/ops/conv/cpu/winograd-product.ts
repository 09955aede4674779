/**
 * The processor's kernel calls of a 3x3 convolution with stride 1, by Winograd's F(4x4, 3x3): 36
 * multiplications per 4x4 pixels instead of 144. The transforms subtract pixels, so an infinity turns its
 * whole tile into NaN. See `winograd-tiles.assembly.ts`.
 */
import * as kernels from '../../../cpu/kernel-numbers.ts';
import type { KernelCall } from '../../../cpu/processor.ts';
import type { ConvolutionGeometry } from '../geometry.ts';
import type { GatherDirection } from './gather-phases.ts';
import { panelColumns, sumTapsCall } from './pack-filter.ts';

const floatBytes = 4;
const planes = 36;
const taps = 9;
const tilePixels = 4;
/** Number of floats between planes; `winograd-filter.assembly.ts` has the same number. */
const planeGapFloats = 16;

/** Tiles per iteration of the product. */
const groupTiles = 4;
const mostStepTiles = 16;

/**
 * Floats per plane in scratch memory, as in `winograd-tiles.assembly.ts`. Both kinds of planes and a patch
 * fit into it.
 */
const planeFloats = 8256 / floatBytes;

const multiplicationsPerChunk = 1 << 20;
const leastMultiplications = 1 << 16;
const leastChunks = 16;
const leastBlockTiles = 16;
const leastChunkChannels = 32;

const planeFloatsPerChunk = 4096;

/** In smaller images, skipping the taps beyond the edge saves just as much. */
const leastSide = 8;

/** With more channels, a plane has room for less than a group of tiles. */
const mostChannels = 512;

/** Whether the algorithm applies to a convolution, in all three directions, and is faster. */
export const winogradPays = (geometry: ConvolutionGeometry): boolean => {
  const { kernelRows, kernelColumns, stride, padRows, padColumns } = geometry;
  const { rows, columns, inputChannels, outputChannels } = geometry;
  return (
    kernelRows === 3 &&
    kernelColumns === 3 &&
    stride === 1 &&
    padRows === 1 &&
    padColumns === 1 &&
    Math.min(rows, columns) >= leastSide &&
    [inputChannels, outputChannels].every(
      (channels) => channels % panelColumns === 0 && channels <= mostChannels,
    )
  );
};

/** The largest number of tiles, at most `count`, that is a whole number of groups; at least one group. */
export const wholeGroups = (count: number): number =>
  Math.max(groupTiles, Math.floor(count / groupTiles) * groupTiles);

const tilesOf = ({ batch, rows, columns }: ConvolutionGeometry) => {
  const rowTiles = Math.ceil(columns / tilePixels);
  const imageTiles = rowTiles * Math.ceil(rows / tilePixels);
  return { rowTiles, imageTiles, tiles: batch * imageTiles };
};

const targetOf = (multiplications: number): number =>
  Math.max(leastMultiplications, Math.min(multiplicationsPerChunk, multiplications / leastChunks));

const channelsOf = (
  { inputChannels, outputChannels }: ConvolutionGeometry,
  direction: GatherDirection,
): readonly [number, number] =>
  direction === 'forward' ? [inputChannels, outputChannels] : [outputChannels, inputChannels];

const planeCall = (
  kernel: number,
  places: { readonly source: number; readonly target: number },
  { size, blocks = 1 }: { readonly size: number; readonly blocks?: number },
): KernelCall => {
  const floatsPerChunk = Math.max(panelColumns, Math.ceil(planeFloatsPerChunk / blocks / 4) * 4);
  return {
    kernel,
    words: [places.source, places.target, size, floatsPerChunk, blocks],
    chunks: Math.ceil(size / floatsPerChunk),
  };
};

/** Number of floats that `winogradCalls` needs in addition to its tensors. */
export const winogradFloats = (
  { inputChannels, outputChannels }: ConvolutionGeometry,
  direction: GatherDirection,
): number => {
  const size = inputChannels * outputChannels;
  return planes * (size + planeGapFloats) + (direction === 'forward' ? 0 : taps * size);
};

/** The filter of the input gradient: exchanges channels, and reverses taps. */
const turnFilterCall = (
  { inputChannels, outputChannels }: ConvolutionGeometry,
  places: { readonly filter: number; readonly target: number },
): KernelCall =>
  sumTapsCall(
    { first: inputChannels, second: outputChannels, transposed: true },
    Array.from({ length: taps }, (_, tap) => [taps - 1 - tap]),
    places,
  );

/**
 * The calls of the forward direction or of the input gradient.
 * @param addresses in bytes; `temporary` has `winogradFloats` floats
 */
export const winogradCalls = (
  geometry: ConvolutionGeometry,
  direction: GatherDirection,
  addresses: {
    readonly source: number;
    readonly filter: number;
    readonly result: number;
    readonly temporary: number;
  },
): KernelCall[] => {
  const [channels, columns] = channelsOf(geometry, direction);
  const { rowTiles, imageTiles, tiles } = tilesOf(geometry);
  const perTile = planes * channels * columns;
  const target = targetOf(perTile * tiles);
  const tilesPerStep = Math.min(mostStepTiles, wholeGroups(planeFloats / Math.max(channels, columns)));
  const tilesPerChunk = Math.max(tilesPerStep, Math.round(target / perTile / tilesPerStep) * tilesPerStep);
  // Each group of columns transforms the same tiles again, so use only as many groups as the threads need.
  const wantedBlocks = Math.min(columns / leastChunkChannels, (tilesPerStep * perTile) / (2 * target));
  const columnsPerChunk =
    wantedBlocks > 1 ? Math.ceil(columns / Math.floor(wantedBlocks) / panelColumns) * panelColumns : columns;
  const columnBlocks = Math.ceil(columns / columnsPerChunk);
  const tileBlocks = Math.ceil(tiles / tilesPerChunk);
  const size = channels * columns;
  const turned = addresses.temporary + planes * (size + planeGapFloats) * floatBytes;
  const forward = direction === 'forward';
  return [
    ...(forward ? [] : [turnFilterCall(geometry, { filter: addresses.filter, target: turned })]),
    planeCall(
      kernels.winogradFilter,
      { source: forward ? addresses.filter : turned, target: addresses.temporary },
      { size },
    ),
    {
      kernel: kernels.winogradProduct,
      words: [
        addresses.source,
        addresses.temporary,
        addresses.result,
        geometry.rows,
        geometry.columns,
        channels,
        columns,
        rowTiles,
        imageTiles,
        tiles,
        tilesPerChunk,
        tileBlocks,
        tilesPerStep,
        channels,
        1,
        columnsPerChunk,
        columnBlocks,
      ],
      chunks: tileBlocks * columnBlocks,
    },
  ];
};

/** Divides a filter's gradient: tiles per block, and channels and columns per chunk. */
const planSums = (geometry: ConvolutionGeometry) => {
  const { inputChannels, outputChannels } = geometry;
  const { tiles } = tilesOf(geometry);
  const target = targetOf(planes * tiles * inputChannels * outputChannels);
  let channelsPerChunk = Math.min(inputChannels, 2 * leastChunkChannels);
  let columnsPerChunk = Math.min(outputChannels, 2 * leastChunkChannels);
  const most = planeFloats / Math.max(channelsPerChunk, columnsPerChunk);
  const wanted = Math.max(leastBlockTiles, target / (planes * channelsPerChunk * columnsPerChunk));
  const tilesPerChunk = Math.min(wholeGroups(Math.min(most, wanted)), tiles);
  const tileBlocks = Math.ceil(tiles / tilesPerChunk);
  const chunks = () =>
    tileBlocks * Math.ceil(inputChannels / channelsPerChunk) * Math.ceil(outputChannels / columnsPerChunk);
  const halved = (count: number): number => Math.ceil(count / 2 / panelColumns) * panelColumns;
  while (chunks() < leastChunks && columnsPerChunk > leastChunkChannels)
    columnsPerChunk = halved(columnsPerChunk);
  while (chunks() < leastChunks && channelsPerChunk > leastChunkChannels) {
    channelsPerChunk = halved(channelsPerChunk);
  }
  return { tilesPerChunk, tileBlocks, channelsPerChunk, columnsPerChunk };
};

/** Number of floats that `winogradFilterCalls` needs in addition to its tensors. */
export const winogradFilterFloats = (geometry: ConvolutionGeometry): number =>
  planSums(geometry).tileBlocks *
  planes *
  (geometry.inputChannels * geometry.outputChannels + planeGapFloats);

/**
 * The calls of a filter's gradient.
 * @param addresses in bytes; `temporary` has `winogradFilterFloats` floats
 */
export const winogradFilterCalls = (
  geometry: ConvolutionGeometry,
  addresses: {
    readonly source: number;
    readonly gradient: number;
    readonly result: number;
    readonly temporary: number;
  },
): KernelCall[] => {
  const { inputChannels, outputChannels, rows, columns } = geometry;
  const { rowTiles, imageTiles, tiles } = tilesOf(geometry);
  const { tilesPerChunk, tileBlocks, channelsPerChunk, columnsPerChunk } = planSums(geometry);
  const channelBlocks = Math.ceil(inputChannels / channelsPerChunk);
  const columnBlocks = Math.ceil(outputChannels / columnsPerChunk);
  return [
    {
      kernel: kernels.winogradSums,
      words: [
        addresses.source,
        addresses.gradient,
        addresses.temporary,
        rows,
        columns,
        inputChannels,
        outputChannels,
        rowTiles,
        imageTiles,
        tiles,
        tilesPerChunk,
        tileBlocks,
        tilesPerChunk,
        channelsPerChunk,
        channelBlocks,
        columnsPerChunk,
        columnBlocks,
      ],
      chunks: tileBlocks * channelBlocks * columnBlocks,
    },
    planeCall(
      kernels.winogradFilterGradient,
      { source: addresses.temporary, target: addresses.result },
      { size: inputChannels * outputChannels, blocks: tileBlocks },
    ),
  ];
};
