/** Cuts elementwise work into chunks for the processor. Pure. */

/** Floats of a chunk. The kernels have the same number. */
export const chunkFloats = 16_384;

/** Number of chunks of this many elements. */
export const elementChunks = (size: number): number => Math.ceil(size / chunkFloats);
