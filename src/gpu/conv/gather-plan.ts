/**
 * How the forward convolution and its input gradient are cut into threads. Pure: sizes in, numbers out.
 *
 * Both gather: each value of the result is a sum over taps and over the channels of the source. A thread holds a
 * register tile of a few segments of neighbouring pixels times `vectors` channel vectors of the result. From tap to tap of
 * a row it shifts a segment's source pixels by one and loads one more, so that each is loaded once a row of taps. The input
 * gradient of a stride s falls into s * s classes of pixels by (row mod s, column mod s), each with the taps that reach
 * it, so that no zero is ever multiplied; the forward convolution takes the taps of a row in s turns, in each of which
 * the tap moves by as many pixels as the result.
 */
import type { DeviceClass } from '#gpu/device-class.ts';
import { vectorComponents } from '#gpu/elementwise/vector-components.ts';
import type { ConvolutionGeometry } from './geometry.ts';

export type GatherDirection = 'forward' | 'input-gradient';

/** Which channels of the filter [taps, ., .] lie next to each other: those of the result, or those of the source. */
export type FilterLayout = 'source-result' | 'result-source';

/** Register tile: segments times columns times channel vectors of the result a thread. */
export interface RegisterTile {
  /** Segments, each anywhere in the batch. */
  readonly segments: number;
  /** Neighbouring pixels of a segment. */
  readonly columns: number;
  readonly vectors: number;
}

export interface GatherPlan {
  readonly tile: RegisterTile;
  readonly filterLayout: FilterLayout;
  /**
   * Whether the components of a source vector are taken one after the other in a loop. The code is a quarter as long, which
   * is what a CPU wants: its instruction cache and its compiler are the limit.
   */
  readonly componentLoop: boolean;
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
const busyThreads: Readonly<Record<DeviceClass, number>> = { cpu: 16, gpu: 1 << 14 };

/** From large to small. A CPU has one size: each more would cost it a second of compilation. */
const tilesFor: Readonly<Record<DeviceClass, readonly RegisterTile[]>> = {
  cpu: [{ segments: 4, columns: 4, vectors: 4 }],
  gpu: [
    { segments: 2, columns: 4, vectors: 2 },
    { segments: 1, columns: 4, vectors: 1 },
  ],
};

/**
 * Plans one direction of a convolution.
 * @param filterLayout of the filter's array; unless told that of a filter [taps, in, out] in this direction
 */
export const planGather = (
  geometry: ConvolutionGeometry,
  direction: GatherDirection,
  device: DeviceClass,
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
  const cuts = tilesFor[device].map(cut);
  const chosen = cuts.find(({ threads }) => threads >= busyThreads[device]) ?? cuts.at(-1)!;

  return {
    filterLayout,
    componentLoop: device === 'cpu' && sourceComponents === 4,
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
