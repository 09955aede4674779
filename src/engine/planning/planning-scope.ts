/** Runs work on a backend that only plans. */
import * as tf from '@tensorflow/tfjs-core';

/** Synchronous: a backend that runs already, or whose factory is synchronous, is active when the call returns. */
const switchTo = (name: string): void => void tf.setBackend(name);

/**
 * Runs `rehearse` with a backend as the active one; afterwards the one before is active again.
 * @param rehearse synchronous; reads nothing back; tensors that it leaves are freed
 */
export const onPlanningBackend = (
  backendName: string,
  backend: tf.KernelBackend,
  rehearse: () => void,
): void => {
  // Undefined if no backend has been started: then none needs to be restored.
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
