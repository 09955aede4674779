/** Chooses and opens this thread's device, and describes it to the user with the reason for the choice. */
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';
import type { DeviceChoice, DeviceReport } from '#core/device.ts';
import { ResiduaError } from '#core/errors.ts';
import { activeProcessor, openProcessor } from './cpu/open-processor.ts';
import { adapterName, findAdapter, openWebGpu, requiredLimits } from './webgpu/open-webgpu.ts';
import { recordedBytes } from './webgpu/recorder.ts';
import { pooledBytes } from './webgpu/tfjs-internals.ts';

/** The size limit of a WebAssembly memory. */
const processorMemoryBytes = 2 ** 32;

/**
 * Makes the processor the active device.
 * @param reason why this device was chosen, for the report
 * @throws ResiduaError `no-wasm` if the browser cannot run it
 */
export const openProcessorBecause = async (reason: string): Promise<DeviceReport> => {
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
    return openProcessorBecause(`${thrown.problem} Training runs on the processor instead. ${thrown.remedy}`);
  }
  if (!adapter.info.isFallbackAdapter) {
    return openWebGpu(adapter, 'This browser has WebGPU on a graphics adapter.');
  }
  return openProcessorBecause(
    `WebGPU would run on the processor here (${adapterName(adapter)}), where WebAssembly is several times faster. ` +
      'A browser with access to a GPU trains many times faster still.',
  );
};

/**
 * Starts tfjs on a device in this thread. `auto` chooses WebGPU if it runs on a GPU, and the processor
 * otherwise. May be called again with another choice: tensors stay on the device that made them, so dispose
 * of them first.
 * @throws ResiduaError `no-webgpu` or `adapter-too-small` if WebGPU was chosen and no adapter suffices
 */
export const openDevice = async (choice: DeviceChoice = 'auto'): Promise<DeviceReport> => {
  switch (choice) {
    case 'auto':
      return openBest();
    case 'webgpu':
      return openWebGpu(await findAdapter(), chosenByUser);
    case 'wasm':
      return openProcessorBecause(chosenByUser);
  }
};

/**
 * Bytes that this thread's backend holds now, recordings included. On WebGPU these are all its buffers, used
 * and free; on the processor, all allocated memory, including that of its threads.
 */
export const heldBytes = (): number => {
  const backend = tf.backend();
  if (backend instanceof WebGPUBackend) return pooledBytes(backend) + recordedBytes(backend);
  return activeProcessor()?.processor.heap.usedBytes ?? tf.memory().numBytes;
};
