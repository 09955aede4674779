/** The processor's calls that change flat arrays in place. Pure: addresses and sizes in, calls out. */
import * as kernels from '../../cpu/kernel-numbers.ts';
import type { KernelCall } from '../../cpu/processor.ts';
import { elementChunks } from './element-chunks.ts';

/** Floats to add to others. */
export interface AccumulatePair {
  readonly target: number;
  readonly source: number;
  readonly size: number;
}

/** Each target += its source, in one call. */
export const accumulateCall = (pairs: readonly AccumulatePair[]): KernelCall => {
  let total = 0;
  const entries = pairs.flatMap(({ target, source, size }) => {
    const begin = total;
    total += size;
    return [target, source, begin, size];
  });
  return {
    kernel: kernels.accumulate,
    words: [pairs.length, total, ...entries],
    chunks: elementChunks(total),
  };
};

/**
 * target[index] = value, where index and value are floats in the memory. An index outside of the target changes nothing.
 * @param size floats of the target, below 2^24
 */
export const storeValueCall = (
  at: Readonly<Record<'target' | 'index' | 'value', number>>,
  size: number,
): KernelCall => ({
  kernel: kernels.storeValue,
  words: [at.target, at.index, at.value, size],
  chunks: 1,
});
