/** Makes Firefox answer a readback when the device is done, not at its clock tick of 100 ms. */
import { webgpuBackend } from '#engine/webgpu/backend.ts';
import { measureReadbackMs } from '../measure.ts';

/** Longer than a readback of next to nothing takes where the browser answers by itself: SwiftShader's take 5 ms. */
const promptMs = 20;
const pollEveryMs = 2;

/** Firefox looks for finished work whenever something is submitted to the device, and otherwise every 100 ms. */
const poll = ({ queue }: GPUDevice): void => {
  setInterval(() => queue.submit([]), pollEveryMs);
};

/**
 * Where readbacks wait for a clock tick, submits nothing every 2 ms from now on, to tfjs's device and to those that other
 * libraries open later. While a page records commands no timer fires, so the submissions fall into the waiting alone.
 * @returns the time of a readback of next to nothing as it is from now on, milliseconds
 */
export const makeReadbacksPrompt = async (): Promise<number> => {
  const readbackMs = await measureReadbackMs();
  if (readbackMs < promptMs) return readbackMs;
  poll(webgpuBackend().device);
  const { requestDevice } = GPUAdapter.prototype;
  GPUAdapter.prototype.requestDevice = async function (...options) {
    const device = await requestDevice.apply(this, options);
    poll(device);
    return device;
  };
  return measureReadbackMs();
};
