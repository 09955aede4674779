/** How a batch is cut into parts that pass through the model at once. */

/** The parts of a batch of `count` images: their sizes. */
export const microBatchSizes = (count: number, microBatch: number): number[] =>
  Array.from({ length: Math.ceil(count / microBatch) }, (_, part) =>
    Math.min(microBatch, count - part * microBatch),
  );
