/** Reads tensors back to this thread as soon as the device is done with them. */
import * as tf from '@tensorflow/tfjs-core';
import { webgpuBackend } from './backend.ts';

/**
 * Firefox looks for finished work whenever something is submitted, and otherwise every 100 ms: a readback of one number
 * takes it 100 ms, and 1 to 3 ms where nothing is submitted all the while.
 */
const looksSeldom = globalThis.navigator?.userAgent.includes('Firefox/') ?? false;

const lookEveryMs = 2;

/**
 * The values of a tensor, which stays the caller's.
 * @returns a new array in the tensor's order
 * @throws Error if the device is lost
 */
export const readValues = async (tensor: tf.Tensor): Promise<Float32Array> => {
  const reading = tensor.data<'float32'>();
  if (!looksSeldom || tf.getBackend() !== 'webgpu') return reading;
  const { queue } = webgpuBackend().device;
  const timer = setInterval(() => queue.submit([]), lookEveryMs);
  try {
    return await reading;
  } finally {
    clearInterval(timer);
  }
};
