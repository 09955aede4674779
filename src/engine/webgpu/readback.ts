/** Reads tensors back to this thread as soon as the device has computed them. */
import * as tf from '@tensorflow/tfjs-core';
import { answeredWithin } from '#core/answered-within.ts';
import { webgpuBackend } from './backend.ts';
import { deviceLost, isAborted } from './watch-device.ts';

/**
 * Firefox checks for finished work at each submission, and otherwise every 100 ms. A readback of one number therefore takes
 * 100 ms, or 1 to 3 ms if empty submissions are made meanwhile.
 */
const looksSeldom = globalThis.navigator?.userAgent.includes('Firefox/') ?? false;

const lookEveryMs = 2;

/** A device that does not answer within this time is taken for lost. Software is slower than any graphics card. */
const answerLimitMs = { hardware: 30_000, software: 120_000 } as const;

/**
 * Returns the values of a tensor, which the caller still owns.
 * @returns a new array in the tensor's order
 * @throws ResiduaError `device-lost` if the device is lost or does not answer
 */
export const readValues = async (tensor: tf.Tensor): Promise<Float32Array> => {
  const reading = tensor.data<'float32'>();
  if (tf.getBackend() !== 'webgpu') return reading;
  const { queue, adapterInfo } = webgpuBackend().device;
  const limitMs = adapterInfo?.isFallbackAdapter ? answerLimitMs.software : answerLimitMs.hardware;
  const timer = looksSeldom ? setInterval(() => queue.submit([]), lookEveryMs) : undefined;
  try {
    return await answeredWithin(reading, limitMs, () =>
      deviceLost(`it has not answered for ${limitMs / 1000} s`),
    );
  } catch (thrown) {
    throw isAborted(thrown) ? deviceLost(thrown.message) : thrown;
  } finally {
    clearInterval(timer);
  }
};
