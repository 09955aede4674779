/** Starts WebGPU as tfjs's backend in this thread. */
import * as tf from '@tensorflow/tfjs-core';
import type { DeviceReport } from '#core/device.ts';
import { ResiduaError } from '#core/errors.ts';
import { webgpuBackend } from './backend.ts';
import { deviceClassOf } from './device-class.ts';
import { registerWebgpuKernels } from './kernels.ts';
import { deferSubmissions } from './submission.ts';

/** Every kernel stays within these limits, which WebGPU guarantees on every adapter. */
export const requiredLimits = {
  maxComputeInvocationsPerWorkgroup: 256,
  maxComputeWorkgroupStorageSize: 16_384,
  maxStorageBufferBindingSize: 128 * 1024 * 1024,
  maxStorageBuffersPerShaderStage: 8,
} as const;

const noWebGpu = (what: string): ResiduaError =>
  new ResiduaError(
    'no-webgpu',
    what,
    'Use Chrome or Edge 121 or later, Safari 26 or later, or Firefox 141 or later, switch hardware acceleration on ' +
      'in its settings, and open the page over https or from localhost.',
  );

/** An adapter's name for the user. */
export const adapterName = (adapter: GPUAdapter): string => {
  const { vendor, architecture, description } = adapter.info;
  return description || [vendor, architecture].filter(Boolean).join(' ') || 'WebGPU device';
};

/**
 * The adapter with the highest performance.
 * @throws ResiduaError `no-webgpu` if the browser gives no adapter; `adapter-too-small` if a limit is below what
 *   WebGPU guarantees
 */
export const findAdapter = async (): Promise<GPUAdapter> => {
  if (!('gpu' in navigator) || !navigator.gpu) throw noWebGpu('This browser has no WebGPU.');
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) throw noWebGpu('This browser has WebGPU but found no graphics adapter for it.');
  for (const [limit, least] of Object.entries(requiredLimits) as [keyof typeof requiredLimits, number][]) {
    if (adapter.limits[limit] < least) {
      throw new ResiduaError(
        'adapter-too-small',
        `The graphics adapter ${adapterName(adapter)} has ${limit} = ${adapter.limits[limit]}, expected ${least} or more.`,
        'Choose another graphics adapter or a newer browser.',
      );
    }
  }
  return adapter;
};

/**
 * Makes WebGPU the active backend of tfjs.
 * @param reason why this device was chosen, for the report
 * @throws ResiduaError `no-webgpu` if no device can be opened on the adapter
 */
export const openWebGpu = async (adapter: GPUAdapter, reason: string): Promise<DeviceReport> => {
  registerWebgpuKernels();
  if (!(await tf.setBackend('webgpu'))) {
    throw noWebGpu('This browser found a graphics adapter but could not open a device on it.');
  }
  await tf.ready();
  const backend = webgpuBackend();
  deferSubmissions(backend);
  return {
    backend: 'webgpu',
    threads: 1,
    name: adapterName(adapter),
    isFallback: adapter.info.isFallbackAdapter ?? false,
    reason,
    deviceClass: deviceClassOf(backend),
    architecture: adapter.info.architecture,
    maxBufferBytes: adapter.limits.maxBufferSize,
    maxBindingBytes: adapter.limits.maxStorageBufferBindingSize,
    workgroupStorageBytes: adapter.limits.maxComputeWorkgroupStorageSize,
  };
};
