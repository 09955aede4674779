/** The main loop of calibration's second thread, for any kind of worker. */
import type { ThreadSetup } from './kernel-memory.ts';

/** Shares all work from now on; never returns. */
export const serveThread = ({ module, memory, work, failedWord, scratch }: ThreadSetup): void => {
  const { serve } = new WebAssembly.Instance(module, { env: { memory } }).exports as {
    serve?: (work: number, scratch: number) => void;
  };
  try {
    serve?.(work, scratch);
  } finally {
    // Reached only after a trap. The owner checks this word while it waits.
    const words = new Int32Array(memory.buffer);
    Atomics.store(words, work / words.BYTES_PER_ELEMENT + failedWord, 1);
  }
};
