/**
 * The processor's calls of a two-dimensional transform of real images, the building blocks of losses. Pure: shapes and
 * addresses in, calls out. Columns are transformed first, four neighbors at once; each op has its own kernels for the rows
 * of the spectrum.
 */
import * as kernels from '../../../cpu/kernel-numbers.ts';
import { floatWord, type KernelCall } from '../../../cpu/processor.ts';
import type { ImageShape } from '../plan.ts';

/** The layout of the spectrum between the transforms: rows u = 0..M/2 in groups of four. */
export interface SpectrumPlan {
  readonly shape: ImageShape;
  /** Groups of an image: M/8 + 1. */
  readonly groups: number;
  /** Distance of groups: a cache line more than their points, so that groups do not compete for one cache set. */
  readonly groupBytes: number;
  /** Bytes of the whole spectrum. */
  readonly bytes: number;
  /** How the kernels along columns are cut into chunks, in groups of four columns. */
  readonly columns: {
    readonly foursPerChunk: number;
    readonly chunksPerImage: number;
    readonly chunks: number;
  };
  /** How the kernels along rows are cut into chunks of groups. */
  readonly rows: {
    readonly groupsPerChunk: number;
    readonly chunksPerImage: number;
    readonly chunks: number;
  };
}

/** Real and imaginary part of four rows. */
const pointBytes = 32;
const cacheLine = 64;
/** Approximate number of points of four lines in a chunk: about ten microseconds. */
const chunkPoints = 4096;
/** Groups of four columns whose loads fill a cache line. */
const foursPerLine = 4;

/** Plans the transforms of a batch of images, whose sides are powers of two from 8 to 512. */
export const planSpectrum = (shape: ImageShape): SpectrumPlan => {
  const width = shape.columns * shape.inner;
  const groups = shape.rows / 8 + 1;
  const groupBytes = width * pointBytes + cacheLine;
  const fours = width / 8;
  const foursPerChunk = Math.max(foursPerLine, chunkPoints / shape.rows / 2);
  const columnChunks = Math.ceil(fours / foursPerChunk);
  const groupsPerChunk = Math.max(1, Math.floor(chunkPoints / width));
  const rowChunks = Math.ceil(groups / groupsPerChunk);
  return {
    shape,
    groups,
    groupBytes,
    bytes: shape.outer * groups * groupBytes,
    columns: { foursPerChunk, chunksPerImage: columnChunks, chunks: columnChunks * shape.outer },
    rows: { groupsPerChunk, chunksPerImage: rowChunks, chunks: rowChunks * shape.outer },
  };
};

/** Addresses of the kernels along columns; `subtracted` is 0 if nothing is subtracted. */
export interface ColumnPlace {
  readonly images: number;
  readonly subtracted?: number;
  readonly spectrum: number;
  /** The table of length M. */
  readonly twiddles: number;
}

const columnCall = (
  kernel: number,
  { shape, groupBytes, columns }: SpectrumPlan,
  { images, subtracted = 0, spectrum, twiddles }: ColumnPlace,
  scale: number,
): KernelCall => ({
  kernel,
  words: [
    images,
    subtracted,
    spectrum,
    twiddles,
    shape.rows,
    shape.columns * shape.inner,
    groupBytes,
    columns.foursPerChunk,
    columns.chunksPerImage,
    floatWord(scale),
  ],
  chunks: columns.chunks,
});

/** Transforms images, or `images - subtracted`, along columns, times `scale`. */
export const columnsCall = (plan: SpectrumPlan, place: ColumnPlace, scale: number): KernelCall =>
  columnCall(kernels.imageColumns, plan, place, scale);

/** Transforms the spectrum back to images, unnormalized, times `scale`. */
export const columnsBackCall = (plan: SpectrumPlan, place: ColumnPlace, scale: number): KernelCall =>
  columnCall(kernels.imageColumnsBack, plan, place, scale);

/** The last words of the kernels along rows: sizes, and how they are cut. */
export const rowWords = ({ shape, groupBytes, rows }: SpectrumPlan): number[] => [
  shape.rows,
  shape.columns,
  shape.inner,
  groupBytes,
  rows.groupsPerChunk,
  rows.chunksPerImage,
];

/** Adds `count` float64 parts that lie `stride` float64 apart, and writes their sum times `scale` as a float32. */
export const partSumCall = (
  parts: number,
  result: number,
  { count, stride = 1, scale }: { readonly count: number; readonly stride?: number; readonly scale: number },
): KernelCall => ({
  kernel: kernels.partSum,
  words: [parts, result, count, stride, floatWord(scale)],
  chunks: 1,
});

/**
 * Factor by which losses scale their spectra, so that float32 holds the squares of the smallest differences: |D| is exact from
 * 2^-95 to 2^31. Images whose differences are below 2^13 stay in this range.
 */
export const spectrumScale = 2 ** 32;
