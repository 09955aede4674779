/** The WebGPU device of this thread: chosen once, described for the user, watched for loss and errors. */
import * as tf from '@tensorflow/tfjs-core';
import { ResiduaError } from '#core/errors.ts';
import { webgpuBackend } from './backend.ts';

/** What the device is and can hold. */
export interface DeviceDescription {
  readonly backend: 'webgpu';
  /** Vendor and architecture as the browser tells them, or `WebGPU device` where it keeps them to itself. */
  readonly name: string;
  /** True where the adapter is a CPU in disguise. */
  readonly isFallback: boolean;
  readonly maxBufferBytes: number;
  readonly maxBindingBytes: number;
}

/** Every kernel is written for these limits, which WebGPU's specification asks of every adapter. */
const requiredLimits = {
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

const adapterName = (adapter: GPUAdapter): string => {
  const { vendor, architecture, description } = adapter.info;
  return description || [vendor, architecture].filter(Boolean).join(' ') || 'WebGPU device';
};

/**
 * Starts tfjs on this thread's WebGPU device.
 * @throws ResiduaError `no-webgpu` where the browser gives no adapter; `adapter-too-small` where a limit is below
 *   what WebGPU guarantees.
 */
export const openDevice = async (): Promise<DeviceDescription> => {
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
  if (!(await tf.setBackend('webgpu'))) {
    throw noWebGpu('This browser found a graphics adapter but could not open a device on it.');
  }
  await tf.ready();
  return {
    backend: 'webgpu',
    name: adapterName(adapter),
    isFallback: adapter.info.isFallbackAdapter ?? false,
    maxBufferBytes: adapter.limits.maxBufferSize,
    maxBindingBytes: adapter.limits.maxStorageBufferBindingSize,
  };
};

/**
 * Reports what WebGPU itself only reports asynchronously: a lost device, memory that ran out, a command refused.
 * Call once, after `openDevice`.
 */
export const watchDevice = (onFailure: (error: ResiduaError) => void): void => {
  const { device } = webgpuBackend();
  device.lost.then((info) => {
    onFailure(
      new ResiduaError(
        'device-lost',
        `The graphics device was lost (${info.message || info.reason || 'no reason given'}).`,
        'Reload the page; if it happens again, choose a smaller side, batch or width.',
      ),
    );
  });
  device.addEventListener('uncapturederror', ({ error }) => {
    onFailure(
      error instanceof GPUOutOfMemoryError
        ? new ResiduaError(
            'out-of-memory',
            'The graphics device ran out of memory.',
            'Choose a smaller side, batch or width, or close other pages that use the GPU.',
          )
        : new ResiduaError(
            'internal',
            `The graphics device refused a command: ${error.message}`,
            'Please reload the page and report this with the message above.',
          ),
    );
  });
};

/** Bytes that tfjs holds on the GPU now, pooled buffers included. */
export const gpuBytes = (): number => {
  const memory = tf.memory() as tf.MemoryInfo & { numBytesInGPU?: number };
  return memory.numBytesInGPU ?? 0;
};
