/** The kinds of device that the convolution's plans tell apart. */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { DeviceClass } from '#core/device.ts';
import { deviceClassOf } from '../../../webgpu/device-class.ts';

/**
 * Two CPU devices want opposite code. `cpu` is lavapipe: short loops, which fit its instruction cache. `swiftshader` pays
 * for each variable that a loop carries in each of its rounds: long rounds.
 */
export type ConvolutionDevice = DeviceClass | 'swiftshader';

/** The kind of the backend's device. */
export const convolutionDeviceOf = (backend: WebGPUBackend): ConvolutionDevice => {
  const device = deviceClassOf(backend);
  return device === 'cpu' && backend.device.adapterInfo?.architecture === 'swiftshader'
    ? 'swiftshader'
    : device;
};
