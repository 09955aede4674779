/** The fixed addresses at the beginning of the processor's memory. `command-loop.assembly.ts` has the same layout. */

export const wordBytes = 4;

/** Words per command: kernel, address of its arguments, number of chunks, next chunk. */
export const wordsOfCommand = 4;

/** Indices of the words through which the threads communicate. */
export const controlWords = {
  address: 64,
  start: 0,
  passed: 4,
  failed: 5,
} as const;

/** The place of a single command, which runs immediately. */
export const immediate = { commandAddress: 1024, argumentsAddress: 2048, mostWords: 8192 } as const;

/** The module uses the second page itself; see `compile-assembly.ts`. */
export const firstHeapByte = 131_072;
