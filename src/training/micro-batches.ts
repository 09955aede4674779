/** Splits a batch into parts that pass through the model at once. */

/** The sizes of the parts of a batch of `count` images. */
export const microBatchSizes = (count: number, microBatch: number): number[] =>
  Array.from({ length: Math.ceil(count / microBatch) }, (_, part) =>
    Math.min(microBatch, count - part * microBatch),
  );
