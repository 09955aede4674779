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

/** Addresses of float32 in the memory: a target [rows, columns], a column, and a value per row. */
export interface StoredColumn {
  readonly target: number;
  readonly column: number;
  readonly values: readonly number[];
}

/**
 * target[row, column] = values[row]. A column outside of the target changes nothing.
 * @param columns below 2^24
 */
export const storeColumnCall = ({ target, column, values }: StoredColumn, columns: number): KernelCall => ({
  kernel: kernels.storeColumn,
  words: [target, column, columns, values.length, ...values],
  chunks: 1,
});
