/**
 * The processor's kernel calls of a filter's gradient, and the way in which its pixels and its elements are
 * divided.
 */
import * as kernels from '../../../cpu/kernel-numbers.ts';
import { type KernelCall, scratchBytes } from '../../../cpu/processor.ts';
import type { ConvolutionGeometry } from '../geometry.ts';
import { panelColumns } from './pack-filter.ts';

const floatBytes = 4;
const tileChannels = 4;

/** Number of multiplications per chunk: some 30 microseconds. */
const multiplicationsPerChunk = 1 << 20;
const leastMultiplications = 1 << 16;
const leastChunks = 16;

/** With fewer pixels, the sums over blocks would cost more than a hundredth of the product. */
const leastBlockPixels = 512;
const mostBlocks = 64;

/** Sums over more pixels than this are cut, since the error of float32 grows with the length of the sum. */
const mostListedPixels = 4096;

/** Measured: lists are faster if at most this fraction of the multiplications remains. */
const mostListedShare = 0.9;

const sumFloatsPerChunk = 16_384;

/** Describes how the work is divided. */
export interface FilterProductPlan {
  /** Whether each tap's pixels are listed, instead of copied with zeros around them. */
  readonly byPositions: boolean;
  readonly imagesPerBlock: number;
  readonly rowsPerBlock: number;
  readonly columnsPerBlock: number;
  /** Number of taps per chunk with listed positions, number of tap rows otherwise. */
  readonly tapsPerChunk: number;
  readonly tilesPerChunk: number;
  readonly panelsPerChunk: number;
}

const insideShare = (pixels: number, size: number, kernel: number, pad: number, step: number): number => {
  let inside = 0;
  for (let pixel = 0; pixel < pixels; pixel++) {
    const first = pixel * step - pad;
    inside += Math.max(0, Math.min(size, first + kernel) - Math.max(0, first));
  }
  return inside / (pixels * kernel);
};

const listsPay = (geometry: ConvolutionGeometry): boolean => {
  const { batch, rows, columns, inputChannels, outputRows, outputColumns, outputChannels } = geometry;
  const { kernelRows, kernelColumns, padRows, padColumns, stride } = geometry;
  return (
    inputChannels >= tileChannels &&
    outputChannels % 4 === 0 &&
    batch * outputRows * outputColumns <= mostListedPixels &&
    insideShare(outputRows, rows, kernelRows, padRows, stride) *
      insideShare(outputColumns, columns, kernelColumns, padColumns, stride) <
      mostListedShare
  );
};

/** The most floats of scratch memory that a block of pixels needs. */
const blockFloats = (
  geometry: ConvolutionGeometry,
  images: number,
  rows: number,
  columns: number,
): number => {
  const { inputChannels, outputChannels, kernelRows, kernelColumns, stride } = geometry;
  const patch = ((rows - 1) * stride + kernelRows) * ((columns - 1) * stride + kernelColumns) * inputChannels;
  const gradient =
    outputChannels % 4 === 0 ? 0 : rows * columns * Math.ceil(outputChannels / panelColumns) * panelColumns;
  // Eight more for the alignment between the two, and for reads beyond the end of the patch.
  return images * (patch + gradient) + 8;
};

/** The pixels of a block: a part of one image, or several whole images. */
const planBlocks = (
  geometry: ConvolutionGeometry,
  target: number,
): Pick<FilterProductPlan, 'imagesPerBlock' | 'rowsPerBlock' | 'columnsPerBlock'> => {
  const { batch, inputChannels, outputRows, outputColumns, outputChannels, kernelRows, kernelColumns } =
    geometry;
  const perPixel = kernelRows * kernelColumns * inputChannels * outputChannels;
  const pixels = outputRows * outputColumns;
  const wanted = Math.max(leastBlockPixels, target / perPixel, (batch * pixels) / mostBlocks);
  const scratchFloats = scratchBytes / floatBytes;
  let imagesPerBlock = Math.max(1, Math.min(batch, Math.round(wanted / pixels)));
  let rowsPerBlock = outputRows;
  let columnsPerBlock = outputColumns;
  const tooLarge = (): boolean =>
    blockFloats(geometry, imagesPerBlock, rowsPerBlock, columnsPerBlock) > scratchFloats;
  while (imagesPerBlock > 1 && tooLarge()) imagesPerBlock--;
  if (imagesPerBlock === 1) {
    rowsPerBlock = Math.max(1, Math.min(outputRows, Math.round(wanted / outputColumns)));
    while (rowsPerBlock > 1 && tooLarge()) rowsPerBlock--;
    while (columnsPerBlock > 1 && tooLarge()) columnsPerBlock = Math.ceil(columnsPerBlock / 2);
    if (tooLarge()) {
      throw new RangeError(
        `A convolution of ${inputChannels} channels does not fit the processor's scratch.`,
      );
    }
  }
  return { imagesPerBlock, rowsPerBlock, columnsPerBlock };
};

/** Plans the work. The plan depends only on the shapes. */
export const planFilterProduct = (
  geometry: ConvolutionGeometry,
  byPositions = listsPay(geometry),
): FilterProductPlan => {
  const { batch, inputChannels, outputRows, outputColumns, outputChannels, kernelRows, kernelColumns } =
    geometry;
  const pixels = batch * outputRows * outputColumns;
  const all = pixels * kernelRows * kernelColumns * inputChannels * outputChannels;
  const target = Math.max(leastMultiplications, Math.min(multiplicationsPerChunk, all / leastChunks));
  const blocks = byPositions
    ? { imagesPerBlock: batch, rowsPerBlock: outputRows, columnsPerBlock: outputColumns }
    : planBlocks(geometry, target);
  const blockPixels = blocks.imagesPerBlock * blocks.rowsPerBlock * blocks.columnsPerBlock;
  const panels = Math.ceil(outputChannels / panelColumns);
  const taps = byPositions ? kernelRows * kernelColumns : kernelRows;
  const run = byPositions ? inputChannels : kernelColumns * inputChannels;
  const tiles = Math.ceil(run / tileChannels);
  const perTile = blockPixels * tileChannels * panelColumns;
  const share = (count: number, each: number): number =>
    Math.max(1, Math.min(count, Math.round(target / each)));
  const tapsPerChunk = share(taps, perTile * tiles * panels);
  const panelsPerChunk = tapsPerChunk > 1 ? panels : share(panels, perTile * tiles);
  const tilesPerChunk = panelsPerChunk > 1 ? tiles : share(tiles, perTile);
  return { byPositions, ...blocks, tapsPerChunk, tilesPerChunk, panelsPerChunk };
};

const blocksOf = (geometry: ConvolutionGeometry, plan: FilterProductPlan) => {
  const imageBlocks = Math.ceil(geometry.batch / plan.imagesPerBlock);
  const rowBlocks = Math.ceil(geometry.outputRows / plan.rowsPerBlock);
  const columnBlocks = Math.ceil(geometry.outputColumns / plan.columnsPerBlock);
  return { rowBlocks, columnBlocks, blocks: imageBlocks * rowBlocks * columnBlocks };
};

const filterFloats = (geometry: ConvolutionGeometry): number =>
  geometry.kernelRows * geometry.kernelColumns * geometry.inputChannels * geometry.outputChannels;

/** Number of floats for the sums of single blocks; 0 if there is only one block. */
export const partialFloats = (
  geometry: ConvolutionGeometry,
  plan: FilterProductPlan = planFilterProduct(geometry),
): number => {
  const { blocks } = blocksOf(geometry, plan);
  return blocks === 1 ? 0 : blocks * filterFloats(geometry);
};

/**
 * Adds tensors of the same size, in their order.
 * @param places addresses of `partials`, float32 [blocks, size], and of `result`, float32 [size]
 */
export const sumPartialsCall = (
  { partials, result }: { readonly partials: number; readonly result: number },
  { size, blocks }: { readonly size: number; readonly blocks: number },
): KernelCall => {
  const floatsPerChunk = Math.ceil(sumFloatsPerChunk / blocks / 16) * 16;
  return {
    kernel: kernels.sumPartials,
    words: [partials, result, size, blocks, floatsPerChunk],
    chunks: Math.ceil(size / floatsPerChunk),
  };
};

/** Addresses of the tensors, in bytes. */
export interface FilterProductAddresses {
  /** float32 [N, H, W, in] */
  readonly source: number;
  /** float32 [N, H', W', out] */
  readonly gradient: number;
  /** float32 [rows, columns, in, out] */
  readonly result: number;
  /** `partialFloats` floats, if any. */
  readonly partials: number;
}

/** The calls of a filter's gradient, in order. The result depends only on the shapes and values. */
export const filterProductCalls = (
  geometry: ConvolutionGeometry,
  addresses: FilterProductAddresses,
  plan: FilterProductPlan = planFilterProduct(geometry),
): KernelCall[] => {
  const { byPositions, tapsPerChunk, tilesPerChunk, panelsPerChunk } = plan;
  const { rowBlocks, columnBlocks, blocks } = blocksOf(geometry, plan);
  const { kernelRows, kernelColumns, inputChannels, outputChannels } = geometry;
  const taps = byPositions ? kernelRows * kernelColumns : kernelRows;
  const run = byPositions ? inputChannels : kernelColumns * inputChannels;
  const tapBlocks = Math.ceil(taps / tapsPerChunk);
  const tileBlocks = Math.ceil(Math.ceil(run / tileChannels) / tilesPerChunk);
  const panelBlocks = Math.ceil(Math.ceil(outputChannels / panelColumns) / panelsPerChunk);
  const product = {
    kernel: byPositions ? kernels.filterPositions : kernels.filterPatches,
    words: [
      addresses.source,
      addresses.gradient,
      blocks === 1 ? addresses.result : addresses.partials,
      geometry.batch,
      geometry.rows,
      geometry.columns,
      inputChannels,
      geometry.outputRows,
      geometry.outputColumns,
      outputChannels,
      kernelRows,
      kernelColumns,
      geometry.stride,
      geometry.padRows,
      geometry.padColumns,
      plan.imagesPerBlock,
      plan.rowsPerBlock,
      rowBlocks,
      plan.columnsPerBlock,
      columnBlocks,
      tapsPerChunk,
      tapBlocks,
      tilesPerChunk,
      tileBlocks,
      panelsPerChunk,
      panelBlocks,
    ],
    chunks: blocks * tapBlocks * tileBlocks * panelBlocks,
  };
  if (blocks === 1) return [product];
  const sum = sumPartialsCall(
    { partials: addresses.partials, result: addresses.result },
    { size: filterFloats(geometry), blocks },
  );
  return [product, sum];
};
