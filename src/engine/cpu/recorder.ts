/** Tells the registry of recorders how the processor records. */
import * as tf from '@tensorflow/tfjs-core';
import { registerRecorder } from '../recorder-registry.ts';
import { ProcessorBackend, processorBackendName } from './processor-backend.ts';

registerRecorder(processorBackendName, (body) => {
  const backend = tf.backend();
  if (!(backend instanceof ProcessorBackend)) {
    throw new Error(`The active backend is '${tf.getBackend()}', expected the processor.`);
  }
  return backend.record(body);
});
