/** Makes Firefox answer a readback when the device is done, not at its clock tick of 100 ms. */
import { webgpuBackend } from '#engine/webgpu/backend.ts';
import { measureReadbackMs } from '../measure.ts';

/** Longer than an almost empty readback in a browser that answers promptly: SwiftShader's take 5 ms. */
const promptMs = 20;
const pollEveryMs = 2;

/** Firefox checks for finished work at every submission to the device, and otherwise every 100 ms. */
const poll = ({ queue }: GPUDevice): void => {
  setInterval(() => queue.submit([]), pollEveryMs);
};

/**
 * If readbacks wait for a clock tick, submits nothing every 2 ms from now on, to tfjs's device and to devices that other
 * libraries open later. No timer fires while a page records commands, so these submissions only happen during waits.
 * @returns the time of an almost empty readback from now on, in milliseconds
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
