/** Which kind of device the kernels run on: the tile plans differ. */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';

/**
 * `gpu`: loads are cheap where neighbouring threads share cache lines, registers are few, thousands of threads are
 * needed. `cpu` (SwiftShader, lavapipe): every load is a gather that costs several multiplications, spilled registers
 * cost little, a few dozen threads are enough.
 */
export type DeviceClass = 'cpu' | 'gpu';

/** The class of the backend's device. */
export const deviceClassOf = (backend: WebGPUBackend): DeviceClass =>
  backend.device.adapterInfo?.isFallbackAdapter ? 'cpu' : 'gpu';
