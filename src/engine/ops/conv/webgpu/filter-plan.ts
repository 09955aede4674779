/**
 * Cuts the filter gradient into threads. Pure: sizes in, numbers out.
 *
 * A thread holds a register tile of taps x input channels x output channels and sums it over a chunk of output rows.
 * The chunks write partial sums, which further passes add in a fixed order: the same inputs give the same bits.
 */
import { vectorComponents } from '../../elementwise/vector-components.ts';
import type { ConvolutionGeometry } from '../geometry.ts';
import type { ConvolutionDevice } from './convolution-device.ts';
import { tileVectors } from './gather-plan.ts';

/** A thread's tile, and `columns`, the neighboring output pixels whose products it adds per iteration. */
export interface FilterTile {
  /** Neighboring taps of a kernel row. */
  readonly taps: number;
  readonly inputVectors: number;
  readonly outputVectors: number;
  readonly columns: number;
}

export interface FilterPlan {
  /** Values per vector of input channels: 4 if they are a multiple of 4, else 1. */
  readonly inputComponents: 1 | 4;
  /** Values per vector of output channels. */
  readonly outputComponents: 1 | 4;
  readonly tile: FilterTile;
  /** Whether the taps' pixels of x move through registers from column to column; else each tap loads its own. */
  readonly window: boolean;
  /** Input channels / inputComponents. */
  readonly inputVectors: number;
  /** Output channels / outputComponents. */
  readonly outputVectors: number;
  readonly inputTiles: number;
  readonly outputTiles: number;
  readonly taps: number;
  /** Output rows over the whole batch. */
  readonly totalRows: number;
  readonly rowsPerChunk: number;
  readonly chunks: number;
  /** Groups of tile.taps taps. */
  readonly tapTiles: number;
  /** chunks * tapTiles * inputTiles * outputTiles. */
  readonly threads: number;
  readonly workgroupThreads: number;
  /** Floats of the filter, all of which each chunk writes. */
  readonly filterSize: number;
}

/** Chunks that one pass of the reduction joins. */
export const reductionFanIn = 16;

/** Threads that keep a device busy. */
const busyThreads: Readonly<Record<ConvolutionDevice, number>> = {
  cpu: 128,
  swiftshader: 128,
  gpu: 1 << 15,
};

/** With fewer pixels per chunk, the partial sums would cost more than the products. */
const leastChunkPixels = 32;

/**
 * Largest tile. On a CPU it is a whole row of taps, to load dy once for them; on SwiftShader two products are added to each sum
 * while it is in a register. A GPU has registers for one tap.
 */
const largestTile = (device: ConvolutionDevice, kernelColumns: number): FilterTile => {
  if (device === 'gpu') return { taps: 1, inputVectors: 2, outputVectors: 2, columns: 1 };
  const columns = device === 'swiftshader' ? 2 : 1;
  if (kernelColumns === 3) return { taps: 3, inputVectors: 2, outputVectors: 4, columns };
  if (kernelColumns === 4)
    return { taps: device === 'cpu' ? 4 : 2, inputVectors: 2, outputVectors: 4, columns };
  return { taps: 1, inputVectors: 4, outputVectors: 4, columns };
};

const largestPartialBytes = 64 * 1024 * 1024;

/** Plans the filter gradient of a convolution. */
export const planFilterGradient = (geometry: ConvolutionGeometry, device: ConvolutionDevice): FilterPlan => {
  const { batch, outputRows, outputColumns, inputChannels, outputChannels, kernelRows, kernelColumns } =
    geometry;
  const inputComponents = vectorComponents(inputChannels);
  const outputComponents = vectorComponents(outputChannels);
  const inputVectors = inputChannels / inputComponents;
  const outputVectors = outputChannels / outputComponents;
  const largest = largestTile(device, kernelColumns);
  const tile = {
    ...largest,
    inputVectors: tileVectors(inputVectors, inputComponents, largest.inputVectors),
    outputVectors: tileVectors(outputVectors, outputComponents, largest.outputVectors),
  };
  const inputTiles = inputVectors / tile.inputVectors;
  const outputTiles = outputVectors / tile.outputVectors;
  const taps = kernelRows * kernelColumns;
  const tapTiles = taps / tile.taps;
  const filterSize = taps * inputChannels * outputChannels;

  const totalRows = batch * outputRows;
  const threadsPerChunk = tapTiles * inputTiles * outputTiles;
  const wantedChunks = Math.min(
    Math.ceil(busyThreads[device] / threadsPerChunk),
    Math.max(1, Math.floor(largestPartialBytes / (4 * filterSize))),
  );
  const rowsPerChunk = Math.max(
    Math.ceil(totalRows / wantedChunks),
    Math.min(totalRows, Math.ceil(leastChunkPixels / outputColumns)),
  );
  const chunks = Math.ceil(totalRows / rowsPerChunk);
  return {
    inputComponents,
    outputComponents,
    tile,
    window: device === 'cpu' && tile.taps > 1,
    inputVectors,
    outputVectors,
    inputTiles,
    outputTiles,
    taps,
    tapTiles,
    totalRows,
    rowsPerChunk,
    chunks,
    threads: chunks * threadsPerChunk,
    workgroupThreads: device === 'gpu' ? 64 : 8,
    filterSize,
  };
};
