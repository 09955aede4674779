/** The device of this thread: chosen, opened, and described for the user with the reason of the choice. */
import * as tf from '@tensorflow/tfjs-core';
import type { DeviceChoice, DeviceReport } from '#core/device.ts';
import { ResiduaError } from '#core/errors.ts';
import { openProcessor } from './cpu/open-processor.ts';
import { webgpuBackend } from './webgpu/backend.ts';
import { deviceClassOf } from './webgpu/device-class.ts';
import { registerWebgpuKernels } from './webgpu/kernels.ts';
import { deferSubmissions } from './webgpu/submission.ts';

/** Every kernel is written for these limits, which WebGPU's specification asks of every adapter. */
const requiredLimits = {
  maxComputeInvocationsPerWorkgroup: 256,
  maxComputeWorkgroupStorageSize: 16_384,
  maxStorageBufferBindingSize: 128 * 1024 * 1024,
  maxStorageBuffersPerShaderStage: 8,
} as const;

/** A WebAssembly memory grows up to this. */
const processorMemoryBytes = 2 ** 32;

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
 * @throws ResiduaError `no-webgpu` where the browser gives no adapter; `adapter-too-small` where a limit is below what
 *   WebGPU guarantees
 */
const findAdapter = async (): Promise<GPUAdapter> => {
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

const openWebGpu = async (adapter: GPUAdapter, reason: string): Promise<DeviceReport> => {
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

const reportProcessor = async (reason: string): Promise<DeviceReport> => {
  const { threads, singleThreadReason } = await openProcessor();
  return {
    backend: 'wasm',
    threads,
    name: threads === 1 ? 'one thread' : `${threads} threads`,
    isFallback: false,
    reason: singleThreadReason ? `${reason} It uses one thread: ${singleThreadReason}` : reason,
    deviceClass: 'cpu',
    architecture: '',
    maxBufferBytes: processorMemoryBytes,
    maxBindingBytes: processorMemoryBytes,
    workgroupStorageBytes: requiredLimits.maxComputeWorkgroupStorageSize,
  };
};

const chosenByUser = 'You chose it.';

const openBest = async (): Promise<DeviceReport> => {
  let adapter: GPUAdapter;
  try {
    adapter = await findAdapter();
  } catch (thrown) {
    if (!(thrown instanceof ResiduaError)) throw thrown;
    return reportProcessor(`${thrown.problem} Training runs on the processor instead. ${thrown.remedy}`);
  }
  if (!adapter.info.isFallbackAdapter) {
    return openWebGpu(adapter, 'This browser has WebGPU on a graphics adapter.');
  }
  return reportProcessor(
    `WebGPU would run on the processor here (${adapterName(adapter)}), where WebAssembly is several times faster. ` +
      'A browser with access to a GPU trains many times faster still.',
  );
};

/**
 * Starts tfjs on a device in this thread. `auto` takes WebGPU where it is a GPU, and the processor otherwise. May be called again
 * with another choice: tensors stay on the device that made them, so dispose them first.
 * @throws ResiduaError `no-webgpu` or `adapter-too-small` where WebGPU was asked for and there is none that will do
 */
export const openDevice = async (choice: DeviceChoice = 'auto'): Promise<DeviceReport> => {
  switch (choice) {
    case 'auto':
      return openBest();
    case 'webgpu':
      return openWebGpu(await findAdapter(), chosenByUser);
    case 'wasm':
      return reportProcessor(chosenByUser);
  }
};

/**
 * Reports what WebGPU itself only reports asynchronously: a lost device, memory that ran out, a command refused.
 * Call once a device, after `openDevice` has opened WebGPU.
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
