/** The kinds of device that the convolution's plans distinguish. */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { DeviceClass } from '#core/device.ts';
import { deviceClassOf } from '../../../webgpu/device-class.ts';

/**
 * The two CPU devices need opposite code. `cpu` is lavapipe: short loops, which fit its instruction cache. On `swiftshader`
 * each variable that a loop carries costs time in each iteration: long loop bodies.
 */
export type ConvolutionDevice = DeviceClass | 'swiftshader';

/** The kind of the backend's device. */
export const convolutionDeviceOf = (backend: WebGPUBackend): ConvolutionDevice => {
  const device = deviceClassOf(backend);
  return device === 'cpu' && backend.device.adapterInfo?.architecture === 'swiftshader'
    ? 'swiftshader'
    : device;
};
