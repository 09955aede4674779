/** Failures of the graphics device: those that it reports by itself, and the errors of work that they cause. */
import * as tf from '@tensorflow/tfjs-core';
import { asResiduaError, ResiduaError } from '#core/errors.ts';
import { webgpuBackend } from './backend.ts';

/** A lost device also refuses commands, and Firefox reports that before the loss. */
const lossWithinMs = 1000;

/** The device reports the cause of an error at about the same time as the error. */
const reportedWithinMs = lossWithinMs + 500;

/** Resolves to undefined after this time. */
const nothingAfter = (ms: number): Promise<undefined> =>
  new Promise((resolve) => setTimeout(() => resolve(undefined), ms));

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

const outOfMemory = (): ResiduaError =>
  new ResiduaError(
    'out-of-memory',
    'The graphics device ran out of memory.',
    'Choose a smaller side, batch or width, or close other pages that use the GPU.',
  );

const refused = ({ message }: GPUError): ResiduaError =>
  new ResiduaError(
    'internal',
    `The graphics device refused a command: ${message}`,
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
    const lost = device.lost.then(({ message, reason }) => deviceLost(message || reason));
    void lost.then(report);
    device.addEventListener('uncapturederror', async ({ error }) => {
      if (error instanceof GPUOutOfMemoryError) report(outOfMemory());
      else if (!(await Promise.race([lost, nothingAfter(lossWithinMs)]))) report(refused(error));
    });
  });
};

/**
 * Returns the failure of the watched device that explains an error of work on it, or else the error itself: a lost device makes
 * all kinds of calls throw.
 */
export const failureBehind = async (thrown: unknown): Promise<ResiduaError> => {
  if (thrown instanceof ResiduaError || !firstFailure || tf.getBackend() !== 'webgpu')
    return asResiduaError(thrown);
  return (await Promise.race([firstFailure, nothingAfter(reportedWithinMs)])) ?? asResiduaError(thrown);
};
