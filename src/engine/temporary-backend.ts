/** Runs work on another backend, while the active one stays as it is. */
import * as tf from '@tensorflow/tfjs-core';

/**
 * Synchronous: if a backend is already running or has a synchronous factory, it is active when the call
 * returns.
 */
const switchTo = (name: string): void => void tf.setBackend(name);

/**
 * Runs `work` with the given backend active, and then reactivates the previous backend.
 * @param work synchronous; tensors that it does not dispose of are freed
 * @returns the result of `work`
 */
export const onTemporaryBackend = <T>(backendName: string, backend: tf.KernelBackend, work: () => T): T => {
  // Undefined if no backend has been started, so none needs to be restored.
  const before: string | undefined = tf.engine().backendName;
  tf.registerBackend(backendName, () => backend);
  switchTo(backendName);
  const engine = tf.engine();
  engine.startScope('temporary');
  try {
    return work();
  } finally {
    engine.endScope();
    if (before) switchTo(before);
    tf.removeBackend(backendName);
  }
};
