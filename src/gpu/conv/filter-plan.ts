/**
 * How the filter gradient is cut into threads. Pure: sizes in, numbers out.
 *
 * A thread holds a register tile of one tap's input channels x output channels and sums it over a chunk of output rows.
 * The chunks write partial sums, which further passes add in a fixed order, so that the same inputs give the same bits.
 */
import type { DeviceClass } from './device-class.ts';
import { componentsOf, largestDivisor } from './gather-plan.ts';
import type { ConvolutionGeometry } from './geometry.ts';

export interface FilterPlan {
  /** Values a vector of input channels: 4 where they are a multiple of 4, else 1. */
  readonly inputComponents: 1 | 4;
  /** Values a vector of output channels. */
  readonly outputComponents: 1 | 4;
  /** Register tile: vectors of input channels times vectors of output channels. */
  readonly tile: { readonly inputVectors: number; readonly outputVectors: number };
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
  /** chunks * taps * inputTiles * outputTiles. */
  readonly threads: number;
  readonly workgroupThreads: number;
  /** Floats of the filter, which is what each chunk writes. */
  readonly filterSize: number;
}

/** Chunks that one pass of the reduction joins. */
export const reductionFanIn = 16;

/** Threads that keep a device busy. */
const busyThreads: Readonly<Record<DeviceClass, number>> = { cpu: 128, gpu: 1 << 15 };

/** Fewer pixels a chunk would make the partial sums dearer than the products. */
const leastChunkPixels = 32;

const largestPartialBytes = 64 * 1024 * 1024;

/** Plans the filter gradient of a convolution. */
export const planFilterGradient = (geometry: ConvolutionGeometry, device: DeviceClass): FilterPlan => {
  const { batch, outputRows, outputColumns, inputChannels, outputChannels, kernelRows, kernelColumns } =
    geometry;
  const inputComponents = componentsOf(inputChannels);
  const outputComponents = componentsOf(outputChannels);
  const inputVectors = inputChannels / inputComponents;
  const outputVectors = outputChannels / outputComponents;
  const sideVectors = device === 'gpu' ? 2 : 4;
  const tile = {
    inputVectors: largestDivisor(inputVectors, sideVectors),
    outputVectors: largestDivisor(outputVectors, sideVectors),
  };
  const inputTiles = inputVectors / tile.inputVectors;
  const outputTiles = outputVectors / tile.outputVectors;
  const taps = kernelRows * kernelColumns;
  const filterSize = taps * inputChannels * outputChannels;

  const totalRows = batch * outputRows;
  const threadsPerChunk = taps * inputTiles * outputTiles;
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
    inputVectors,
    outputVectors,
    inputTiles,
    outputTiles,
    taps,
    totalRows,
    rowsPerChunk,
    chunks,
    threads: chunks * threadsPerChunk,
    workgroupThreads: device === 'gpu' ? 64 : 8,
    filterSize,
  };
};
