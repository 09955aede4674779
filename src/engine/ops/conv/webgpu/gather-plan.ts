/**
 * How the forward convolution and its input gradient are cut into threads. Pure: sizes in, numbers out.
 *
 * Both gather: each value of the result is a sum over taps and over the channels of the source. A thread holds a
 * register tile of a few segments of neighboring pixels times `vectors` channel vectors of the result. The input
 * gradient of a stride s falls into s * s classes of pixels by (row mod s, column mod s), each with the taps that reach
 * it, so that no zero is ever multiplied; the forward convolution takes the taps of a row in s turns, in each of which
 * the tap moves by as many pixels as the result.
 */
import { vectorComponents } from '../../elementwise/vector-components.ts';
import type { ConvolutionGeometry } from '../geometry.ts';
import type { ConvolutionDevice } from './convolution-device.ts';

export type GatherDirection = 'forward' | 'input-gradient';

/** Which channels of the filter [taps, ., .] lie next to each other: those of the result, or those of the source. */
export type FilterLayout = 'source-result' | 'result-source';

/** Register tile: segments times columns times channel vectors of the result a thread. */
export interface RegisterTile {
  /** Segments, each anywhere in the batch. */
  readonly segments: number;
  /** Neighboring pixels of a segment. */
  readonly columns: number;
  readonly vectors: number;
}

/**
 * How a thread goes through taps and channels. `channels-inside`: tap after tap, for each all vectors of source channels,
 * all components of a vector at once. `taps-inside`: vector after vector, for each the taps of a row, from one to the next
 * of which the source pixels of a segment move by one place and one more is loaded, and components one by one: fewer loads
 * and a quarter of the code, but more and shorter loops.
 */
export type GatherOrder = 'channels-inside' | 'taps-inside';

export interface GatherPlan {
  readonly tile: RegisterTile;
  readonly filterLayout: FilterLayout;
  readonly order: GatherOrder;
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
  /** 1 where a later tap sees a later pixel (forward), -1 where it sees an earlier one. */
  readonly direction: 1 | -1;
  /** Source pixels from one result pixel of a class to the next: the stride forward, else 1. */
  readonly sourceStep: number;
  /** Result pixels from one of a class to the next: the stride for the input gradient, else 1. */
  readonly classStep: number;
  /** Pixel classes: classStep squared. */
  readonly classes: number;
  /** Turns in which the taps of a row are taken. */
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
 * Vectors a tile takes of `vectors`: the largest divisor that is at most `most`, so that no tile is ragged. Of vectors of
 * one component, which fill a quarter of the registers, up to four.
 */
export const tileVectors = (vectors: number, components: 1 | 4, most: number): number => {
  let divisor = Math.min(vectors, components === 1 ? 4 : most);
  while (vectors % divisor !== 0) divisor--;
  return divisor;
};

/** Threads below which a device would rather have smaller tiles than idle cores. */
const busyThreads: Readonly<Record<ConvolutionDevice, number>> = { cpu: 16, swiftshader: 16, gpu: 1 << 14 };

interface GatherMethod {
  readonly order: GatherOrder;
  /** From large to small. A CPU has one size: each more would cost it a second of compilation. */
  readonly tiles: readonly RegisterTile[];
}

const channelsInside = (...tiles: readonly (readonly [pixels: number, vectors: number])[]): GatherMethod => ({
  order: 'channels-inside',
  tiles: tiles.map(([segments, vectors]) => ({ segments, columns: 1, vectors })),
});

const methodOf = (device: ConvolutionDevice, filterLayout: FilterLayout): GatherMethod => {
  if (device === 'gpu') return channelsInside([8, 2], [4, 1]);
  // A filter that lies the other way is loaded in whole vectors of source channels.
  return device === 'cpu' && filterLayout === 'source-result'
    ? { order: 'taps-inside', tiles: [{ segments: 4, columns: 4, vectors: 4 }] }
    : channelsInside([16, 4]);
};

/**
 * Pixels of the result below which it is not worth turning a filter round for lavapipe's faster method: the filters of
 * small images are the large ones.
 */
const leastPixelsToTurn = 1024;

/** Whether a filter [taps, result, source] should be turned into [taps, source, result] before the kernel runs. */
export const turnsFilter = (
  { batch, rows, columns }: ConvolutionGeometry,
  device: ConvolutionDevice,
): boolean => device === 'cpu' && batch * rows * columns >= leastPixelsToTurn;

/**
 * Plans one direction of a convolution.
 * @param filterLayout of the filter's array; unless told that of a filter [taps, in, out] in this direction
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
