/**
 * How the forward convolution and its input gradient are cut into threads. Pure: sizes in, numbers out.
 *
 * Both gather: each value of the result is a sum over taps and over the channels of the source. A thread holds a
 * register tile of `pixels` consecutive pixels times `vectors` channel vectors of the result, so that each value it
 * loads is used many times. The input gradient of a stride s falls into s * s classes of pixels by (row mod s,
 * column mod s), each with the taps that reach it, so that no zero is ever multiplied.
 */
import type { DeviceClass } from '#gpu/device-class.ts';
import type { ConvolutionGeometry } from './geometry.ts';

export type GatherDirection = 'forward' | 'input-gradient';

/** Register tile: pixels times channel vectors of the result a thread. */
export interface RegisterTile {
  readonly pixels: number;
  readonly vectors: number;
}

export interface GatherPlan {
  readonly direction: GatherDirection;
  readonly tile: RegisterTile;
  /** Values a vector of the source's channels: 4 where they are a multiple of 4, else 1. */
  readonly sourceComponents: 1 | 4;
  /** Values a vector of the result's channels. */
  readonly resultComponents: 1 | 4;
  /** Source channels / sourceComponents. */
  readonly sourceVectors: number;
  /** Result channels / resultComponents, a multiple of tile.vectors. */
  readonly resultVectors: number;
  readonly resultRows: number;
  readonly resultColumns: number;
  readonly sourceRows: number;
  readonly sourceColumns: number;
  /** Pixel classes: stride squared for the input gradient, else 1. */
  readonly classes: number;
  /** Rows and columns of the largest class. */
  readonly gridRows: number;
  readonly gridColumns: number;
  /** Pixels of the largest class, over the batch. */
  readonly gridPixels: number;
  readonly pixelTiles: number;
  readonly channelTiles: number;
  /** classes * pixelTiles * channelTiles. */
  readonly threads: number;
  readonly workgroupThreads: number;
}

/**
 * Vectors a tile takes of `vectors`: the largest divisor that is at most `most`, so that no tile is ragged. Of vectors of
 * one component, which fill a quarter of the registers, up to four.
 */
export const tileVectors = (vectors: number, components: 1 | 4, most: number): number => {
  let divisor = Math.min(vectors, components === 1 ? 4 : most);
  while (vectors % divisor !== 0) divisor--;
  return divisor;
};

/** 4 where vectors of four divide the channels, else 1. */
export const componentsOf = (channels: number): 1 | 4 => (channels % 4 === 0 ? 4 : 1);

/** Threads below which a device would rather have smaller tiles than idle cores. */
const busyThreads: Readonly<Record<DeviceClass, number>> = { cpu: 16, gpu: 1 << 14 };

/** From large to small. A CPU has one size: each more would cost it a second of compilation. */
const tilesFor: Readonly<Record<DeviceClass, readonly RegisterTile[]>> = {
  cpu: [{ pixels: 16, vectors: 4 }],
  gpu: [
    { pixels: 8, vectors: 2 },
    { pixels: 4, vectors: 1 },
  ],
};

/** Plans one direction of a convolution. */
export const planGather = (
  geometry: ConvolutionGeometry,
  direction: GatherDirection,
  device: DeviceClass,
): GatherPlan => {
  const forward = direction === 'forward';
  const { batch, rows, columns, outputRows, outputColumns, inputChannels, outputChannels, stride } = geometry;
  const [resultRows, resultColumns, resultChannels] = forward
    ? [outputRows, outputColumns, outputChannels]
    : [rows, columns, inputChannels];
  const [sourceRows, sourceColumns, sourceChannels] = forward
    ? [rows, columns, inputChannels]
    : [outputRows, outputColumns, outputChannels];
  const step = forward ? 1 : stride;
  const gridRows = Math.ceil(resultRows / step);
  const gridColumns = Math.ceil(resultColumns / step);
  const gridPixels = batch * gridRows * gridColumns;
  const sourceComponents = componentsOf(sourceChannels);
  const resultComponents = componentsOf(resultChannels);
  const resultVectors = resultChannels / resultComponents;
  const classes = step * step;

  const cut = (largest: RegisterTile) => {
    const vectors = tileVectors(resultVectors, resultComponents, largest.vectors);
    const tile = { pixels: largest.pixels, vectors };
    const pixelTiles = Math.ceil(gridPixels / tile.pixels);
    const channelTiles = resultVectors / vectors;
    return { tile, pixelTiles, channelTiles, threads: classes * pixelTiles * channelTiles };
  };
  const cuts = tilesFor[device].map(cut);
  const chosen = cuts.find(({ threads }) => threads >= busyThreads[device]) ?? cuts.at(-1)!;

  return {
    direction,
    sourceComponents,
    resultComponents,
    sourceVectors: sourceChannels / sourceComponents,
    resultVectors,
    resultRows,
    resultColumns,
    sourceRows,
    sourceColumns,
    classes,
    gridRows,
    gridColumns,
    gridPixels,
    workgroupThreads: device === 'gpu' ? 64 : 8,
    ...chosen,
  };
};
