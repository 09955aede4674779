/** The life of the second thread of calibration, whatever kind of worker it is. */
import type { ThreadSetup } from './kernel-memory.ts';

/** Takes part in all work from now on; never returns. */
export const serveThread = ({ module, memory, work, failedWord, scratch }: ThreadSetup): void => {
  const { serve } = new WebAssembly.Instance(module, { env: { memory } }).exports as {
    serve?: (work: number, scratch: number) => void;
  };
  try {
    serve?.(work, scratch);
  } finally {
    // Only a trap comes here. The owner looks for this word while it waits.
    const words = new Int32Array(memory.buffer);
    Atomics.store(words, work / words.BYTES_PER_ELEMENT + failedWord, 1);
  }
};
