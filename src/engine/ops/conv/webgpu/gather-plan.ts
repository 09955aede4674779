/**
 * Cuts the forward convolution and its input gradient into threads. Pure: sizes in, numbers out.
 *
 * Both gather: each value of the result is a sum over taps and over the channels of the source. A thread holds a
 * register tile of a few segments of neighboring pixels times `vectors` channel vectors of the result. The input
 * gradient of a stride s has s * s classes of pixels, by (row mod s, column mod s), each with the taps that reach it, so no zero
 * is multiplied. The forward convolution takes the taps of a row in s phases: within a phase, a step to the next tap is a step
 * to the next pixel of the result.
 */
import { vectorComponents } from '../../elementwise/vector-components.ts';
import type { ConvolutionGeometry } from '../geometry.ts';
import type { ConvolutionDevice } from './convolution-device.ts';

export type GatherDirection = 'forward' | 'input-gradient';

/** The innermost channels of the filter [taps, ., .]: those of the result, or those of the source. */
export type FilterLayout = 'source-result' | 'result-source';

/** Register tile of a thread: segments times columns times channel vectors of the result. */
export interface RegisterTile {
  /** Segments, each anywhere in the batch. */
  readonly segments: number;
  /** Neighboring pixels of a segment. */
  readonly columns: number;
  readonly vectors: number;
}

/**
 * A thread's order of taps and channels. `channels-inside`: tap after tap, for each all vectors of source channels, all
 * components of a vector at once. `taps-inside`: vector after vector, for each the taps of a row, components one by one. From
 * tap to tap the source pixels of a segment move by one place and one is loaded: fewer loads and a quarter of the code, but
 * more and shorter loops.
 */
export type GatherOrder = 'channels-inside' | 'taps-inside';

export interface GatherPlan {
  readonly tile: RegisterTile;
  readonly filterLayout: FilterLayout;
  readonly order: GatherOrder;
  /** Values per vector of the source's channels: 4 if they are a multiple of 4, else 1. */
  readonly sourceComponents: 1 | 4;
  /** Values per vector of the result's channels. */
  readonly resultComponents: 1 | 4;
  /** Source channels / sourceComponents. */
  readonly sourceVectors: number;
  /** Result channels / resultComponents, a multiple of tile.vectors. */
  readonly resultVectors: number;
  readonly resultRows: number;
  readonly resultColumns: number;
  readonly sourceRows: number;
  readonly sourceColumns: number;
  /** 1 if a later tap reads a later pixel (forward), -1 if an earlier one. */
  readonly direction: 1 | -1;
  /** Source pixels from one result pixel of a class to the next: the stride forward, else 1. */
  readonly sourceStep: number;
  /** Result pixels from one of a class to the next: the stride for the input gradient, else 1. */
  readonly classStep: number;
  /** Pixel classes: classStep squared. */
  readonly classes: number;
  /** Phases of the taps of a row. */
  readonly phases: number;
  /** Rows of the largest class. */
  readonly gridRows: number;
  /** Segments of a row of the largest class. */
  readonly segmentsPerRow: number;
  /** Segments of the largest class, over the batch. */
  readonly totalSegments: number;
  readonly pixelTiles: number;
  readonly channelTiles: number;
  /** classes * pixelTiles * channelTiles. */
  readonly threads: number;
  readonly workgroupThreads: number;
}

/**
 * Vectors of a tile, of `vectors` in all: the largest divisor that is at most `most`, so that no tile is ragged. Vectors of one
 * component fill a quarter of the registers: up to four of those.
 */
export const tileVectors = (vectors: number, components: 1 | 4, most: number): number => {
  let divisor = Math.min(vectors, components === 1 ? 4 : most);
  while (vectors % divisor !== 0) divisor--;
  return divisor;
};

/** With fewer threads, smaller tiles are faster than idle cores. */
const busyThreads: Readonly<Record<ConvolutionDevice, number>> = { cpu: 16, swiftshader: 16, gpu: 1 << 14 };

interface GatherMethod {
  readonly order: GatherOrder;
  /** From large to small. A CPU has one size, because each further one would take a second to compile. */
  readonly tiles: readonly RegisterTile[];
}

const channelsInside = (...tiles: readonly (readonly [pixels: number, vectors: number])[]): GatherMethod => ({
  order: 'channels-inside',
  tiles: tiles.map(([segments, vectors]) => ({ segments, columns: 1, vectors })),
});

const methodOf = (device: ConvolutionDevice, filterLayout: FilterLayout): GatherMethod => {
  if (device === 'gpu') return channelsInside([8, 2], [4, 1]);
  // A filter of the other layout is loaded in whole vectors of source channels.
  return device === 'cpu' && filterLayout === 'source-result'
    ? { order: 'taps-inside', tiles: [{ segments: 4, columns: 4, vectors: 4 }] }
    : channelsInside([16, 4]);
};

/**
 * With fewer pixels of the result, transposing a filter for lavapipe's faster method does not pay: small images have the large
 * filters.
 */
const leastPixelsToTurn = 1024;

/** Whether to transpose a filter [taps, result, source] to [taps, source, result] before the kernel. */
export const turnsFilter = (
  { batch, rows, columns }: ConvolutionGeometry,
  device: ConvolutionDevice,
): boolean => device === 'cpu' && batch * rows * columns >= leastPixelsToTurn;

/**
 * Plans one direction of a convolution.
 * @param filterLayout of the filter's array; by default that of a filter [taps, in, out] in this direction
 */
export const planGather = (
  geometry: ConvolutionGeometry,
  direction: GatherDirection,
  device: ConvolutionDevice,
  filterLayout: FilterLayout = direction === 'forward' ? 'source-result' : 'result-source',
): GatherPlan => {
  const forward = direction === 'forward';
  const { batch, rows, columns, outputRows, outputColumns, inputChannels, outputChannels } = geometry;
  const { stride, kernelColumns } = geometry;
  const [resultRows, resultColumns, resultChannels] = forward
    ? [outputRows, outputColumns, outputChannels]
    : [rows, columns, inputChannels];
  const [sourceRows, sourceColumns, sourceChannels] = forward
    ? [rows, columns, inputChannels]
    : [outputRows, outputColumns, outputChannels];
  const classStep = forward ? 1 : stride;
  const gridRows = Math.ceil(resultRows / classStep);
  const gridColumns = Math.ceil(resultColumns / classStep);
  const sourceComponents = vectorComponents(sourceChannels);
  const resultComponents = vectorComponents(resultChannels);
  const resultVectors = resultChannels / resultComponents;
  const classes = classStep * classStep;

  const cut = (largest: RegisterTile) => {
    const vectors = tileVectors(resultVectors, resultComponents, largest.vectors);
    const segmentsPerRow = Math.ceil(gridColumns / largest.columns);
    const totalSegments = batch * gridRows * segmentsPerRow;
    const pixelTiles = Math.ceil(totalSegments / largest.segments);
    const channelTiles = resultVectors / vectors;
    const threads = classes * pixelTiles * channelTiles;
    return {
      tile: { ...largest, vectors },
      segmentsPerRow,
      totalSegments,
      pixelTiles,
      channelTiles,
      threads,
    };
  };
  const { order, tiles } = methodOf(device, filterLayout);
  const cuts = tiles.map(cut);
  const chosen = cuts.find(({ threads }) => threads >= busyThreads[device]) ?? cuts.at(-1)!;

  return {
    filterLayout,
    order,
    sourceComponents,
    resultComponents,
    sourceVectors: sourceChannels / sourceComponents,
    resultVectors,
    resultRows,
    resultColumns,
    sourceRows,
    sourceColumns,
    direction: forward ? 1 : -1,
    sourceStep: forward ? stride : 1,
    classStep,
    classes,
    phases: forward ? Math.min(stride, kernelColumns) : 1,
    gridRows,
    workgroupThreads: device === 'gpu' ? 64 : 8,
    ...chosen,
  };
};
