/** Builds pipelines side by side before they are needed, instead of one after the other at their first use. */
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';

const compileOnly = 'WEBGPU_ENGINE_COMPILE_ONLY';

/**
 * Compiles every kernel that `record` would run, all at once, and runs none: tensors are made, but what they hold is
 * undefined, and in-place updates do not happen. Does nothing on other backends, which have nothing to compile.
 * @param record synchronous; frees what it makes
 * @throws Error where the device refuses a kernel
 */
export const compileAhead = async (record: () => void): Promise<void> => {
  const backend = tf.backend();
  if (!(backend instanceof WebGPUBackend)) return;
  tf.env().set(compileOnly, true);
  try {
    record();
  } finally {
    tf.env().set(compileOnly, false);
  }
  await backend.checkCompileCompletionAsync();
};
