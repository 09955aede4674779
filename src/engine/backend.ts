/** Starts tfjs's WebGPU backend in this thread and hands out the device behind it. */
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';

/**
 * The running WebGPU backend of tfjs.
 * @throws Error if another backend is active: call `tf.setBackend('webgpu')` and `tf.ready()` first.
 */
export const webgpuBackend = (): WebGPUBackend => {
  const backend = tf.backend();
  if (!(backend instanceof WebGPUBackend)) {
    throw new Error(`The active backend is '${tf.getBackend()}', expected 'webgpu'.`);
  }
  return backend;
};
