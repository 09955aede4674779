/** The limits of the device that a test runs on. */
import { activeProcessor } from '#engine/cpu/open-processor.ts';
import { Processor } from '#engine/cpu/processor.ts';
import { webgpuBackend } from '#engine/webgpu/backend.ts';
import { deviceClassOf } from '#engine/webgpu/device-class.ts';
import type { DeviceLimits } from '#training/run-plan.ts';
import { testDevice } from './device-report.ts';

/** Returns the limits for a plan of runs on the present backend. */
export const limitsHere = (): DeviceLimits => {
  const onProcessor = activeProcessor();
  if (onProcessor) {
    const { processor } = onProcessor;
    return {
      ...testDevice,
      backend: 'wasm',
      threads: processor instanceof Processor ? processor.threads : 1,
    };
  }
  const backend = webgpuBackend();
  const { maxComputeWorkgroupStorageSize, maxStorageBufferBindingSize } = backend.device.limits;
  return {
    backend: 'webgpu',
    threads: 1,
    deviceClass: deviceClassOf(backend),
    architecture: backend.device.adapterInfo?.architecture ?? '',
    workgroupStorageBytes: maxComputeWorkgroupStorageSize,
    maxBindingBytes: maxStorageBufferBindingSize,
  };
};
