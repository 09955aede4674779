/** The work of an added thread, in any kind of worker. */
import { instantiate } from './kernel-module.ts';
import { controlWords } from './memory-map.ts';

/** The data that a thread needs to join a processor. */
export interface ThreadSetup {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  /** The word `start` of the last list. */
  readonly started: number;
  /** Index of the thread, from 1 on. */
  readonly index: number;
  /** Address of this thread's private memory. */
  readonly scratch: number;
}

/**
 * Serves the processor until the thread is terminated.
 * @param onReady called once the thread can join
 */
export const serveProcessor = (
  { module, memory, started, index, scratch }: ThreadSetup,
  onReady: () => void,
): void => {
  const { serve } = instantiate(module, memory);
  onReady();
  try {
    serve(controlWords.address, started, index, scratch);
  } finally {
    // Only a trap leads here. The owner must learn of it; otherwise it would wait for this thread.
    const words = new Int32Array(memory.buffer);
    const control = controlWords.address / words.BYTES_PER_ELEMENT;
    Atomics.store(words, control + controlWords.failed, 1);
    Atomics.notify(words, control + controlWords.passed);
  }
};
