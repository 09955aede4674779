/** When recorded commands go to the GPU, and when the memory of what they have used up is free again. */
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';

/** No step records as many dispatches: what is recorded waits for `submitRecorded` or a readback. */
const dispatchesWithoutEnd = 2 ** 31;

const disposedAtOnce = { has: () => false, add: () => undefined };

/**
 * Lets the caller say when commands are submitted, and gives the buffer of a disposed tensor to the next one at once.
 * tfjs itself submits every fifteen dispatches and keeps each buffer that they touched until then, so that a step
 * submitted as a whole would hold all its tensors together. Commands run in the order in which they were recorded, and
 * uploads into a used buffer are recorded with them, so a buffer may change hands between two commands; uniforms are
 * written outside that order, and tfjs keeps them until the submission as before.
 */
export const deferSubmissions = (backend: WebGPUBackend): void => {
  tf.env().set('WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE', dispatchesWithoutEnd);
  Object.defineProperty(backend, 'commandQueueOwnedIds', {
    get: () => disposedAtOnce,
    // tfjs sets it anew with each submission.
    set: () => undefined,
  });
};

/** Sends what has been recorded to the GPU, without waiting for it; does nothing on other backends. */
export const submitRecorded = (): void => {
  const backend = tf.backend();
  if (!(backend instanceof WebGPUBackend) || !Reflect.get(backend, 'commandEncoder')) return;
  backend.endComputePassEncoder();
  backend.submitQueue();
};

/** Fields of tfjs's pool of buffers that its types keep private; it has no call that frees memory. */
interface BufferPool {
  readonly freeBuffers: Map<string, GPUBuffer[]>;
  numFreeBuffers: number;
  numBytesAllocated: number;
}

/**
 * Frees the buffers that no tensor uses. tfjs keeps every buffer for a tensor of just its size, which the tensors of
 * another configuration never have.
 */
export const releaseFreeBuffers = (): void => {
  const backend = tf.backend();
  if (!(backend instanceof WebGPUBackend)) return;
  submitRecorded();
  const pool = backend.bufferManager as unknown as BufferPool;
  for (const buffers of pool.freeBuffers.values()) {
    for (const buffer of buffers) {
      pool.numBytesAllocated -= buffer.size;
      buffer.destroy();
    }
    pool.numFreeBuffers -= buffers.length;
    buffers.length = 0;
  }
};

/** Bytes that this thread's backend holds now: on WebGPU all its buffers, free ones included; else those of all tensors. */
export const heldBytes = (): number => {
  const memory = tf.memory() as tf.MemoryInfo & { readonly numBytesAllocatedInGPU?: number };
  return memory.numBytesAllocatedInGPU ?? memory.numBytes;
};
