/** Failures of the graphics device: those that it reports by itself, and the errors of work that they cause. */
import * as tf from '@tensorflow/tfjs-core';
import { asResiduaError, ResiduaError } from '#core/errors.ts';
import { webgpuBackend } from './backend.ts';

/** The device reports the cause of an error at about the same time as the error. */
const reportedWithinMs = 250;

let firstFailure: Promise<ResiduaError> | undefined;

/**
 * The error of a lost graphics device.
 * @param why the browser's own words
 */
export const deviceLost = (why: string): ResiduaError =>
  new ResiduaError(
    'device-lost',
    `The graphics device was lost (${why || 'no reason given'}).`,
    'Choose the processor under Device, or reload the page. If it happens again, choose a smaller side, batch or width.',
  );

/** Whether a readback was given up: the browser does so if the device is lost. */
export const isAborted = (thrown: unknown): thrown is DOMException =>
  thrown instanceof DOMException && thrown.name === 'AbortError';

const uncaptured = (error: GPUError): ResiduaError =>
  error instanceof GPUOutOfMemoryError
    ? new ResiduaError(
        'out-of-memory',
        'The graphics device ran out of memory.',
        'Choose a smaller side, batch or width, or close other pages that use the GPU.',
      )
    : new ResiduaError(
        'internal',
        `The graphics device refused a command: ${error.message}`,
        'Reload the page and report this with the message above.',
      );

/**
 * Reports the errors that WebGPU reports asynchronously: a lost device, exhausted memory, a refused command.
 * Call it once per device, after opening.
 */
export const watchDevice = (onFailure: (error: ResiduaError) => void): void => {
  const { device } = webgpuBackend();
  firstFailure = new Promise((resolve) => {
    const report = (error: ResiduaError): void => {
      resolve(error);
      onFailure(error);
    };
    device.lost.then(({ message, reason }) => report(deviceLost(message || reason)));
    device.addEventListener('uncapturederror', ({ error }) => report(uncaptured(error)));
  });
};

/**
 * Returns the failure of the watched device that explains an error of work on it, or else the error itself: a lost device makes
 * all kinds of calls throw.
 */
export const failureBehind = async (thrown: unknown): Promise<ResiduaError> => {
  if (thrown instanceof ResiduaError || !firstFailure || tf.getBackend() !== 'webgpu')
    return asResiduaError(thrown);
  const late = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), reportedWithinMs));
  return (await Promise.race([firstFailure, late])) ?? asResiduaError(thrown);
};
