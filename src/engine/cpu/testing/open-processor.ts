/** For tests: tfjs on a processor of their own. */
import * as tf from '@tensorflow/tfjs-core';
import { registerProcessorKernels } from '../kernels.ts';
import { ProcessorBackend, processorBackendName } from '../processor-backend.ts';

/** Starts the backend and makes it tfjs's. */
export const openProcessor = async (): Promise<ProcessorBackend> => {
  registerProcessorKernels();
  if (!tf.findBackend(processorBackendName))
    tf.registerBackend(processorBackendName, () => new ProcessorBackend());
  await tf.setBackend(processorBackendName);
  return tf.backend() as ProcessorBackend;
};
