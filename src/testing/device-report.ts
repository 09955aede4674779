/** A placeholder device report for tests that use no device. */
import type { DeviceReport } from '#core/device.ts';

export const testDevice: DeviceReport = {
  backend: 'webgpu',
  threads: 1,
  name: 'a device',
  isFallback: false,
  reason: 'It is a test.',
  deviceClass: 'gpu',
  architecture: '',
  maxBufferBytes: 2 ** 30,
  maxBindingBytes: 2 ** 30,
  workgroupStorageBytes: 16_384,
};
