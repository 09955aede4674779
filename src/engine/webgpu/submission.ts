/** When recorded commands go to the GPU, and when the memory that they have used is free again. */
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';
import { destroyFreeBuffers, reuseBuffersAtOnce, submitFlag, submitWaiting } from './tfjs-internals.ts';

/** No step records as many dispatches: what is recorded waits for `submitRecorded` or a readback. */
const dispatchesWithoutEnd = 2 ** 31;

/**
 * Lets the caller say when commands are submitted, and gives the buffer of a disposed tensor to the next one at once.
 * tfjs itself submits every fifteen dispatches and keeps each buffer that they touched until then, so that work
 * submitted as a whole would hold all its tensors together. Commands run in the order in which they were recorded, and
 * uploads into a used buffer are recorded with them, so a buffer may change hands between two commands; uniforms are
 * written outside that order, and tfjs keeps them until the submission as before.
 */
export const deferSubmissions = (backend: WebGPUBackend): void => {
  tf.env().set(submitFlag, dispatchesWithoutEnd);
  reuseBuffersAtOnce(backend);
};

/** Sends what waits to the GPU, without waiting for it; does nothing on other backends. */
export const submitRecorded = (): void => {
  const backend = tf.backend();
  if (backend instanceof WebGPUBackend) submitWaiting(backend);
};

/**
 * Frees the buffers that no tensor uses. tfjs keeps every buffer for a tensor of just its size, which the tensors of
 * another configuration never have.
 */
export const releaseFreeBuffers = (): void => {
  const backend = tf.backend();
  if (backend instanceof WebGPUBackend) destroyFreeBuffers(backend);
};
