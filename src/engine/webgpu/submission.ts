/** Controls when recorded commands go to the GPU, and when the memory that they used is free again. */
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';
import { destroyFreeBuffers, reuseBuffersAtOnce, submitFlag, submitWaiting } from './tfjs-internals.ts';

/** More dispatches than any step records, so they wait for `submitRecorded` or a readback. */
const dispatchesWithoutEnd = 2 ** 31;

/**
 * Leaves submissions to the caller, and reuses the buffer of a disposed tensor at once. tfjs itself submits
 * every fifteen dispatches and holds their buffers until then, so work submitted as a whole would hold all
 * its tensors at once. Reuse is safe: commands run in the order of recording, and uploads into a used buffer
 * are recorded with them. Uniforms are written outside that order; tfjs still holds their buffers until the
 * submission.
 */
export const deferSubmissions = (backend: WebGPUBackend): void => {
  tf.env().set(submitFlag, dispatchesWithoutEnd);
  reuseBuffersAtOnce(backend);
};

/** Submits the recorded commands to the GPU without waiting for them; does nothing on other backends. */
export const submitRecorded = (): void => {
  const backend = tf.backend();
  if (backend instanceof WebGPUBackend) submitWaiting(backend);
};

/**
 * Frees the buffers that no tensor uses. tfjs keeps each for reuse by a tensor of exactly that size, and
 * another configuration may never need that size.
 */
export const releaseFreeBuffers = (): void => {
  const backend = tf.backend();
  if (backend instanceof WebGPUBackend) destroyFreeBuffers(backend);
};
