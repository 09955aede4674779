import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { describeBackends } from '#testing/gpu.ts';
import { webgpuBackend } from './backend.ts';

describeBackends('webgpuBackend', (backend) => {
  it(
    backend === 'webgpu' ? 'gives the backend of the device in use' : 'refuses and names the processor',
    () => {
      if (backend === 'webgpu') {
        expect(webgpuBackend()).toBe(tf.backend());
        expect(webgpuBackend().device).toBeInstanceOf(GPUDevice);
      } else expect(webgpuBackend).toThrow("The active backend is 'wasm', expected 'webgpu'.");
    },
  );
});
