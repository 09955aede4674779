/** Access to tfjs's WebGPU backend. */

import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';

/**
 * The running WebGPU backend of tfjs.
 * @throws Error if another backend is active; call `tf.setBackend('webgpu')` and `tf.ready()` first.
 */
export const webgpuBackend = (): WebGPUBackend => {
  const backend = tf.backend();
  if (!(backend instanceof WebGPUBackend)) {
    throw new Error(`The active backend is '${tf.getBackend()}', expected 'webgpu'.`);
  }
  return backend;
};
