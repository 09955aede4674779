/** Makes the processor tfjs's backend in this thread, with all the threads that the page may use. */
import * as tf from '@tensorflow/tfjs-core';
import { ResiduaError } from '#core/errors.ts';
import kernelBytes from './kernels.assembly.ts?wasm-bytes';
import { registerProcessorKernels } from './kernels.ts';
import { Processor } from './processor.ts';
import { ProcessorBackend, processorBackendName } from './processor-backend.ts';
import { addThreads, mostThreads } from './threads.ts';

/** The opened processor, as reported to the user. */
export interface ProcessorDescription {
  readonly threads: number;
  readonly processor: Processor;
  /** Why the processor has only one thread; undefined if it has more, or if only one was requested. */
  readonly singleThreadReason: string | undefined;
}

/**
 * The threads' script comes from the cache or from the page's server, so a start that takes longer has
 * failed.
 */
const startLimitMs = 5_000;

const startThreads = async (processor: Processor, count: number): Promise<string | undefined> => {
  if (count === 1) return undefined;
  if (!globalThis.crossOriginIsolated)
    return 'The page is not isolated from other origins, so it may not share memory.';
  if (await addThreads(processor, count, startLimitMs)) return undefined;
  return `The other threads did not start within ${startLimitMs / 1000} seconds.`;
};

/** Whether this browser can run the processor's kernels. */
export const canRunProcessor = (): boolean => WebAssembly.validate(kernelBytes);

const open = async (count: number): Promise<ProcessorDescription> => {
  if (!canRunProcessor()) {
    throw new ResiduaError(
      'no-wasm',
      'This browser cannot run WebAssembly with SIMD.',
      'Use Chrome or Edge 91 or later, Firefox 89 or later, or Safari 16.4 or later, and load the page again.',
    );
  }
  registerProcessorKernels();
  const processor = new Processor();
  const singleThreadReason = await startThreads(processor, count);
  tf.registerBackend(processorBackendName, () => new ProcessorBackend(processor));
  return { threads: processor.threads, processor, singleThreadReason };
};

let opened: Promise<ProcessorDescription> | undefined;

/**
 * Makes the processor the active backend of tfjs. Later calls activate the same backend.
 * @param threads the most threads to use; by default all logical processors, at most 16
 * @throws ResiduaError `no-wasm` if the browser cannot run the kernels
 */
export const openProcessor = async (threads: number = mostThreads): Promise<ProcessorDescription> => {
  opened ??= open(Math.min(threads, mostThreads, globalThis.navigator.hardwareConcurrency));
  const description = await opened;
  await tf.setBackend(processorBackendName);
  await tf.ready();
  return description;
};

/** The active backend if it is the processor; undefined otherwise. */
export const activeProcessor = (): ProcessorBackend | undefined => {
  const backend = tf.backend();
  return backend instanceof ProcessorBackend ? backend : undefined;
};
