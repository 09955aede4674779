/** The processor's kernel calls of a gathering convolution. Chooses the algorithm and divides the work. */
import * as kernels from '../../../cpu/kernel-numbers.ts';
import { type KernelCall, scratchBytes } from '../../../cpu/processor.ts';
import type { ConvolutionGeometry } from '../geometry.ts';
import type { AxisPhase, GatherDirection } from './gather-phases.ts';
import { gatherPhases } from './gather-phases.ts';
import {
  type FilterSource,
  lastPanelRowBytes,
  type PackedPhase,
  packedPhases,
  packFilterCall,
  panelColumns,
} from './pack-filter.ts';

const floatBytes = 4;

/** Number of pixels in a register tile, or number of images if a tile is one pixel of several images. */
const tilePixels = 4;

/** Number of multiplications per chunk: some 30 microseconds. */
const multiplicationsPerChunk = 1 << 20;

/** The fewest chunks, so that threads can share small work too. */
const leastChunks = 16;

/** The fewest multiplications per chunk: with fewer, taking a chunk costs as much as computing it. */
const leastMultiplications = 1 << 16;

/** Describes how a product is divided. */
export interface GatherPlan {
  /** Whether a tile is one pixel of four images instead of four pixels of one. */
  readonly byPositions: boolean;
  readonly imagesPerChunk: number;
  readonly rowsPerChunk: number;
  readonly columnsPerChunk: number;
  readonly panelsPerChunk: number;
}

interface Sizes {
  readonly batch: number;
  readonly rows: number;
  readonly columns: number;
  readonly channels: number;
  readonly resultRows: number;
  readonly resultColumns: number;
  readonly resultChannels: number;
  readonly step: number;
  readonly resultStep: number;
}

const sizesOf = (geometry: ConvolutionGeometry, direction: GatherDirection): Sizes => {
  const { batch, rows, columns, inputChannels, outputRows, outputColumns, outputChannels, stride } = geometry;
  return direction === 'forward'
    ? {
        batch,
        rows,
        columns,
        channels: inputChannels,
        resultRows: outputRows,
        resultColumns: outputColumns,
        resultChannels: outputChannels,
        step: stride,
        resultStep: 1,
      }
    : {
        batch,
        rows: outputRows,
        columns: outputColumns,
        channels: outputChannels,
        resultRows: rows,
        resultColumns: columns,
        resultChannels: inputChannels,
        step: 1,
        resultStep: stride,
      };
};

/** The fraction of all taps that lie inside the source, along one axis. */
const insideShare = ({ pixels, first, taps }: AxisPhase, step: number, size: number): number => {
  if (taps.length === 0) return 1;
  let inside = 0;
  for (let pixel = 0; pixel < pixels; pixel++) {
    const start = pixel * step + first;
    inside += Math.max(0, Math.min(size, start + taps.length) - Math.max(0, start));
  }
  return inside / (pixels * taps.length);
};

const largest = (phases: readonly AxisPhase[], of: (phase: AxisPhase) => number): number =>
  Math.max(...phases.map(of));

/** Multiplications of a tile by positions per multiplication of a tile by pixels. */
const positionCost = (sizes: Sizes, rows: AxisPhase, columns: AxisPhase): number => {
  const { batch, step } = sizes;
  const used = batch / (tilePixels * Math.ceil(batch / tilePixels));
  const inside = insideShare(rows, step, sizes.rows) * insideShare(columns, step, sizes.columns);
  const pixels = rows.pixels * columns.pixels;
  return (inside / used) * (pixels / (tilePixels * Math.ceil(pixels / tilePixels)));
};

/** Plans the work. The plan depends only on the shapes. */
export const planGather = (geometry: ConvolutionGeometry, direction: GatherDirection): GatherPlan => {
  const sizes = sizesOf(geometry, direction);
  const { rows, columns } = gatherPhases(geometry, direction);
  const gridRows = largest(rows, ({ pixels }) => pixels);
  const gridColumns = largest(columns, ({ pixels }) => pixels);
  const taps = [rows, columns].map((axis) => largest(axis, (phase) => phase.taps.length)) as [number, number];
  const panels = Math.ceil(sizes.resultChannels / panelColumns);
  const byPositions = positionCost(sizes, rows[0]!, columns[0]!) < mostPositionCost;
  const imagesPerChunk = byPositions ? sizes.batch : 1;

  const patchFloats = (pixelRows: number, pixelColumns: number): number =>
    ((pixelRows - 1) * sizes.step + taps[0]) * ((pixelColumns - 1) * sizes.step + taps[1]) * sizes.channels;
  let columnsPerChunk = gridColumns;
  let mostRows = gridRows;
  if (!byPositions) {
    const scratchFloats = scratchBytes / floatBytes;
    while (columnsPerChunk > 1 && patchFloats(1, columnsPerChunk) > scratchFloats) {
      columnsPerChunk = Math.ceil(columnsPerChunk / 2);
    }
    if (patchFloats(1, columnsPerChunk) > scratchFloats) {
      throw new RangeError(
        `A convolution of ${sizes.channels} channels does not fit the processor's scratch.`,
      );
    }
    while (mostRows > 1 && patchFloats(mostRows, columnsPerChunk) > scratchFloats) mostRows--;
  }

  const perPixelPanel = Math.max(1, taps[0] * taps[1] * sizes.channels * panelColumns * imagesPerChunk);
  const all =
    ((perPixelPanel * panels * gridRows * gridColumns * sizes.batch) / imagesPerChunk) *
    rows.length *
    columns.length;
  const target = Math.max(leastMultiplications, Math.min(multiplicationsPerChunk, all / leastChunks));
  const perRow = perPixelPanel * panels * columnsPerChunk;
  const rowsPerChunk = Math.max(1, Math.min(mostRows, Math.round(target / perRow)));
  let panelsPerChunk = panels;
  if (perRow > target) {
    panelsPerChunk = Math.max(1, Math.min(panels, Math.round(target / (perPixelPanel * columnsPerChunk))));
  }
  if (byPositions && panelsPerChunk === 1) {
    columnsPerChunk = Math.max(1, Math.min(columnsPerChunk, Math.round(target / perPixelPanel)));
  }
  return { byPositions, imagesPerChunk, rowsPerChunk, columnsPerChunk, panelsPerChunk };
};

/** Measured: tiles by positions are faster if at most this fraction of the multiplications remains. */
const mostPositionCost = 0.99;

/** Addresses of the tensors of a product, in bytes. */
export interface GatherAddresses {
  readonly source: number;
  readonly filter: number;
  readonly result: number;
  /** `packedFloats` floats, if any. */
  readonly packed: number;
}

/** A gathering product of a convolution or of an upsampling convolution. */
export interface GatherProduct {
  readonly geometry: ConvolutionGeometry;
  readonly direction: GatherDirection;
  readonly filter: FilterSource;
}

const packedOf = ({
  geometry,
  direction,
  filter,
}: GatherProduct): { packed: PackedPhase[]; floats: number } =>
  packedPhases(filter, gatherPhases(geometry, direction));

/** A filter is used in place if its taps keep their order and its rows are whole vectors. */
const servesUnpacked = ({ direction, filter }: GatherProduct): boolean =>
  direction === 'forward' && !filter.transposed && filter.second % 4 === 0;

/**
 * Number of floats of the panels that the product needs in addition to its tensors; 0 if it reads the filter
 * directly.
 */
export const packedFloats = (product: GatherProduct): number =>
  servesUnpacked(product) ? 0 : packedOf(product).floats;

const phaseWords = (phase: PackedPhase, lastRowBytes: number): number[] => {
  const { rows, columns, filterOffset, panelBytes } = phase;
  return [
    filterOffset,
    panelBytes,
    lastRowBytes,
    rows.taps.length,
    columns.taps.length,
    rows.first,
    columns.first,
    rows.offset,
    columns.offset,
    rows.pixels,
    columns.pixels,
  ];
};

/** The calls of one gathering convolution, in order. The result depends only on the shapes and values. */
export const gatherCalls = (
  product: GatherProduct,
  addresses: GatherAddresses,
  plan: GatherPlan = planGather(product.geometry, product.direction),
): KernelCall[] => {
  const { geometry, direction, filter } = product;
  const sizes = sizesOf(geometry, direction);
  const { packed } = packedOf(product);
  const unpacked = servesUnpacked(product);
  const { resultChannels } = sizes;
  const filterRowBytes = (unpacked ? resultChannels : panelColumns) * floatBytes;
  const lastRowBytes = unpacked ? filterRowBytes : lastPanelRowBytes(resultChannels);
  const { imagesPerChunk, rowsPerChunk, columnsPerChunk, panelsPerChunk, byPositions } = plan;
  const gridRows = Math.max(...packed.map(({ rows }) => rows.pixels));
  const gridColumns = Math.max(...packed.map(({ columns }) => columns.pixels));
  const imageBlocks = Math.ceil(sizes.batch / imagesPerChunk);
  const rowBlocks = Math.ceil(gridRows / rowsPerChunk);
  const columnBlocks = Math.ceil(gridColumns / columnsPerChunk);
  const panelBlocks = Math.ceil(Math.ceil(resultChannels / panelColumns) / panelsPerChunk);
  const call = {
    kernel: byPositions ? kernels.gatherPositions : kernels.gatherPatches,
    words: [
      addresses.source,
      unpacked ? addresses.filter : addresses.packed,
      addresses.result,
      sizes.batch,
      sizes.rows,
      sizes.columns,
      sizes.channels,
      sizes.resultRows,
      sizes.resultColumns,
      resultChannels,
      sizes.step,
      sizes.resultStep,
      filterRowBytes,
      imagesPerChunk,
      imageBlocks,
      rowsPerChunk,
      rowBlocks,
      columnsPerChunk,
      columnBlocks,
      panelsPerChunk,
      panelBlocks,
      ...packed.flatMap((phase) =>
        phaseWords(
          unpacked ? { ...phase, filterOffset: 0, panelBytes: panelColumns * floatBytes } : phase,
          lastRowBytes,
        ),
      ),
    ],
    chunks: packed.length * imageBlocks * rowBlocks * columnBlocks * panelBlocks,
  };
  if (unpacked) return [call];
  return [packFilterCall(filter, packed, { filter: addresses.filter, target: addresses.packed }), call];
};
