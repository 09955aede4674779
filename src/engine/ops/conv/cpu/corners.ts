/** The processor's kernel calls of an upsampling convolution to few channels; see `corners.assembly.ts`. */
import * as kernels from '../../../cpu/kernel-numbers.ts';
import type { KernelCall } from '../../../cpu/processor.ts';
import type { ConvolutionGeometry } from '../geometry.ts';
import { gatherCalls } from './gather-product.ts';

const floatBytes = 4;
const cornerPixels = 4;

/** With more channels than this, a single pixel fills a vector. */
const mostChannels = 3;

const valuesPerChunk = 16_384;

/**
 * Whether the algorithm with corners is faster in the forward direction.
 * @param geometry from `upsampleConvolutionGeometry`
 */
export const cornersPay = ({ inputChannels }: ConvolutionGeometry): boolean => inputChannels <= mostChannels;

/** The convolution from x to the corners. */
const cornerGeometry = (geometry: ConvolutionGeometry): ConvolutionGeometry => ({
  batch: geometry.batch,
  rows: geometry.outputRows,
  columns: geometry.outputColumns,
  inputChannels: geometry.outputChannels,
  outputRows: geometry.outputRows + 1,
  outputColumns: geometry.outputColumns + 1,
  outputChannels: cornerPixels * geometry.inputChannels,
  kernelRows: 2,
  kernelColumns: 2,
  stride: 1,
  padRows: 1,
  padColumns: 1,
});

const filterFloats = ({ inputChannels, outputChannels }: ConvolutionGeometry): number =>
  cornerPixels ** 2 * inputChannels * outputChannels;

/** Number of floats that `cornerCalls` needs in addition to its tensors. */
export const cornerFloats = (geometry: ConvolutionGeometry): number => {
  const { batch, outputRows, outputColumns, outputChannels } = cornerGeometry(geometry);
  return filterFloats(geometry) + batch * outputRows * outputColumns * outputChannels;
};

/**
 * The calls of the forward direction.
 * @param geometry from `upsampleConvolutionGeometry`
 * @param addresses in bytes; `temporary` has `cornerFloats` floats
 */
export const cornerCalls = (
  geometry: ConvolutionGeometry,
  addresses: Readonly<Record<'source' | 'filter' | 'result' | 'temporary', number>>,
): KernelCall[] => {
  const { batch, rows, columns, inputChannels: output, outputChannels: input } = geometry;
  const { temporary } = addresses;
  const corners = temporary + filterFloats(geometry) * floatBytes;
  const resultRows = batch * rows;
  const rowsPerChunk = Math.max(1, Math.round(valuesPerChunk / (columns * output)));
  const product = {
    geometry: cornerGeometry(geometry),
    direction: 'forward',
    filter: {
      first: input,
      second: cornerPixels * output,
      transposed: false,
      tapsOf: (row: number, column: number) => [2 * row + column],
    },
  } as const;
  return [
    {
      kernel: kernels.cornerFilter,
      words: [addresses.filter, temporary, input, output],
      chunks: cornerPixels,
    },
    ...gatherCalls(product, { source: addresses.source, filter: temporary, result: corners, packed: 0 }),
    {
      kernel: kernels.scatterCorners,
      words: [
        corners,
        addresses.result,
        geometry.outputRows,
        geometry.outputColumns,
        output,
        resultRows,
        rowsPerChunk,
      ],
      chunks: Math.ceil(resultRows / rowsPerChunk),
    },
  ];
};
