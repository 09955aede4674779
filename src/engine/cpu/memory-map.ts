/** Where the fixed things lie at the beginning of the processor's memory. `command-loop.assembly.ts` has the same layout. */

export const wordBytes = 4;

/** Kernel, address of its arguments, chunks, next chunk. */
export const wordsOfCommand = 4;

/** What the threads tell each other, by the index of its word. */
export const controlWords = {
  address: 64,
  start: 0,
  passed: 4,
  failed: 5,
} as const;

/** A place for one command that runs at once. */
export const immediate = { commandAddress: 1024, argumentsAddress: 2048, mostWords: 8192 } as const;

/** The second page is the module's own; see `compile-assembly.ts`. */
export const firstHeapByte = 131_072;
