/** The processor's calls of SSIM and its gradient. Pure: shapes and addresses in, calls out. */

import * as kernels from '../../cpu/kernel-numbers.ts';
import { floatWord, type KernelCall } from '../../cpu/processor.ts';
import { partSumCall } from '../fft/cpu/spectrum-calls.ts';
import { type SsimShape, windowCounts } from './ssim-plan.ts';

/** The window and the constants. */
export interface SsimSetting {
  readonly window: number;
  readonly c1: number;
  readonly c2: number;
}

/** Approximate values per chunk. */
const chunkValues = 8192;
/** The fewest rows per chunk, since each chunk also filters the rows that its windows overlap. */
const leastRows = 24;

const cut = (rows: number, width: number): { rowsPerChunk: number; chunksPerImage: number } => {
  const rowsPerChunk = Math.max(leastRows, Math.ceil(chunkValues / width));
  return { rowsPerChunk, chunksPerImage: Math.ceil(rows / rowsPerChunk) };
};

/** Number of chunks of the loss, each of which writes one float64. */
export const ssimParts = (shape: SsimShape, window: number): number => {
  const counts = windowCounts(shape, window);
  return cut(counts.rows, counts.columns * shape.channels).chunksPerImage * shape.batch;
};

/**
 * The loss and its maps.
 * @param at addresses: x, y, the window as float64, maps [3, windows], room for `ssimParts` float64, and the loss
 */
export const ssimCalls = (
  shape: SsimShape,
  { window, c1, c2 }: SsimSetting,
  at: Readonly<Record<'x' | 'y' | 'taps' | 'maps' | 'parts' | 'loss', number>>,
): KernelCall[] => {
  const counts = windowCounts(shape, window);
  const { rowsPerChunk, chunksPerImage } = cut(counts.rows, counts.columns * shape.channels);
  const chunks = chunksPerImage * shape.batch;
  return [
    {
      kernel: kernels.ssimWindows,
      words: [
        at.x,
        at.y,
        at.taps,
        at.maps,
        at.parts,
        shape.rows,
        shape.columns,
        shape.channels,
        window,
        rowsPerChunk,
        chunksPerImage,
        counts.all,
        floatWord(c1),
        floatWord(c2),
      ],
      chunks,
    },
    partSumCall(at.parts, at.loss, { count: chunks, scale: 1 / counts.all }),
  ];
};

/** The gradient in y, times the float32 at `dy`. */
export const ssimGradientCall = (
  shape: SsimShape,
  window: number,
  at: Readonly<Record<'x' | 'y' | 'taps' | 'maps' | 'dy' | 'gradient', number>>,
): KernelCall => {
  const { rowsPerChunk, chunksPerImage } = cut(shape.rows, shape.columns * shape.channels);
  return {
    kernel: kernels.ssimGradient,
    words: [
      at.x,
      at.y,
      at.taps,
      at.maps,
      at.dy,
      at.gradient,
      shape.rows,
      shape.columns,
      shape.channels,
      window,
      rowsPerChunk,
      chunksPerImage,
      windowCounts(shape, window).all,
    ],
    chunks: chunksPerImage * shape.batch,
  };
};
