/** Runs work on a backend that only plans. */
import * as tf from '@tensorflow/tfjs-core';

/**
 * Synchronous: if a backend is already running or has a synchronous factory, it is active when the call
 * returns.
 */
const switchTo = (name: string): void => void tf.setBackend(name);

/**
 * Runs `rehearse` with the given backend active, and then reactivates the previous backend.
 * @param rehearse synchronous; reads nothing back; tensors that it does not dispose of are freed
 */
export const onPlanningBackend = (
  backendName: string,
  backend: tf.KernelBackend,
  rehearse: () => void,
): void => {
  // Undefined if no backend has been started, so none needs to be restored.
  const before: string | undefined = tf.engine().backendName;
  tf.registerBackend(backendName, () => backend);
  switchTo(backendName);
  const engine = tf.engine();
  engine.startScope('planning');
  try {
    rehearse();
  } finally {
    engine.endScope();
    if (before) switchTo(before);
    tf.removeBackend(backendName);
  }
};
