/** The work of a thread beside the one that owns the processor, whatever kind of worker it is. */
import { instantiate } from './kernel-module.ts';
import { controlWords } from './memory-map.ts';

/** What a thread needs to take part. */
export interface ThreadSetup {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  /** What says which list was given to threads last. */
  readonly started: number;
  /** Of the thread, from 1 on. */
  readonly index: number;
  /** Address of memory for this thread alone. */
  readonly scratch: number;
}

/**
 * Serves the processor until the thread is ended from outside.
 * @param onReady called once the thread can take part
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
    // Only a trap comes here. The owner waits for this thread, unless it learns of it.
    const words = new Int32Array(memory.buffer);
    const control = controlWords.address / words.BYTES_PER_ELEMENT;
    Atomics.store(words, control + controlWords.failed, 1);
    Atomics.notify(words, control + controlWords.passed);
  }
};
