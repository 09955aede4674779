/** Cuts elementwise work into chunks for the processor. Pure. */

/** Floats per chunk; the kernels have the same constant. */
export const chunkFloats = 16_384;

/** Number of chunks of this many elements. */
export const elementChunks = (size: number): number => Math.ceil(size / chunkFloats);
