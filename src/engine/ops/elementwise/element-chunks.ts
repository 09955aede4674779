/** How element by element work is cut for the processor. Pure. */

/** Floats of a chunk. The kernels have the same number. */
export const chunkFloats = 16_384;

/** Chunks of so many elements. */
export const elementChunks = (size: number): number => Math.ceil(size / chunkFloats);
