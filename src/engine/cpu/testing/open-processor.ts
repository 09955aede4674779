/** For tests: runs tfjs on a new processor with one thread. */
import * as tf from '@tensorflow/tfjs-core';
import { registerProcessorKernels } from '../kernels.ts';
import { ProcessorBackend, processorBackendName } from '../processor-backend.ts';

/** Starts the processor's backend and activates it. */
export const openProcessor = async (): Promise<ProcessorBackend> => {
  registerProcessorKernels();
  if (!tf.findBackend(processorBackendName))
    tf.registerBackend(processorBackendName, () => new ProcessorBackend());
  await tf.setBackend(processorBackendName);
  return tf.backend() as ProcessorBackend;
};
