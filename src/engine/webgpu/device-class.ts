/** The kind of device that the kernels run on: the tile plans depend on it. */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { DeviceClass } from '#core/device.ts';

/** The class of the backend's device. */
export const deviceClassOf = (backend: WebGPUBackend): DeviceClass =>
  backend.device.adapterInfo?.isFallbackAdapter ? 'cpu' : 'gpu';
