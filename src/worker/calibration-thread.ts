/** Gives this worker's calibration a second thread. */
import { kernelMemory } from '#core/calibration/kernels/kernel-memory.ts';

let started = false;

/**
 * Starts the second thread if the page may share memory and the machine has a second core. The thread takes part once it is
 * ready. Nothing waits for it, and no result depends on it. It ends with this worker.
 */
export const startCalibrationThread = (): void => {
  if (started || !globalThis.crossOriginIsolated || navigator.hardwareConcurrency < 2) return;
  started = true;
  const worker = new Worker(new URL('./calibration-thread.worker.ts', import.meta.url), { type: 'module' });
  worker.postMessage(kernelMemory().threadSetup);
};
