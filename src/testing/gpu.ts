/** Runs a suite on the backends. On WebGPU every test runs inside error scopes, and a missing adapter is a failure, not a skip. */
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect } from 'vitest';
import { openProcessor } from '#engine/cpu/open-processor.ts';
import { webgpuBackend } from '#engine/webgpu/backend.ts';
import { registerWebgpuKernels } from '#engine/webgpu/kernels.ts';

export type BackendName = 'webgpu' | 'wasm';

let lossReason: string | undefined;

const startWebGpu = async (): Promise<void> => {
  registerWebgpuKernels();
  if (!(await tf.setBackend('webgpu'))) {
    throw new Error('No WebGPU adapter: these tests need one (see CONTRIBUTING.md).');
  }
  await tf.ready();
  webgpuBackend().device.lost.then((info) => {
    lossReason = info.message || info.reason;
  });
};

const openScopes = (): void => {
  const { device } = webgpuBackend();
  device.pushErrorScope('validation');
  device.pushErrorScope('out-of-memory');
};

const closeScopes = async (): Promise<void> => {
  const { device } = webgpuBackend();
  const memory = await device.popErrorScope();
  const validation = await device.popErrorScope();
  expect(memory?.message, 'GPU out-of-memory error').toBeUndefined();
  expect(validation?.message, 'GPU validation error').toBeUndefined();
  expect(lossReason, 'GPU device lost').toBeUndefined();
};

const describeOn = (backend: BackendName, name: string, body: (backend: BackendName) => void): void => {
  describe(name, () => {
    beforeAll(async () => {
      if (backend === 'webgpu') await startWebGpu();
      else await openProcessor();
    });
    beforeEach(() => {
      if (backend === 'webgpu') openScopes();
      tf.engine().startScope();
    });
    afterEach(async () => {
      tf.engine().endScope();
      if (backend === 'webgpu') await closeScopes();
    });
    afterAll(() => {
      tf.disposeVariables();
    });
    body(backend);
  });
};

/**
 * A `describe` whose tests run on tfjs's WebGPU backend. Each test runs inside a validation and an out-of-memory
 * error scope and fails on either, or on a lost device.
 */
export const describeGpu = (name: string, body: () => void): void => describeOn('webgpu', name, body);

/** A `describe` whose tests run on the processor. */
export const describeProcessor = (name: string, body: () => void): void => describeOn('wasm', name, body);

/** A `describe` that runs on each backend: WebGPU like `describeGpu`, and the processor. */
export const describeBackends = (name: string, body: (backend: BackendName) => void): void => {
  for (const backend of ['webgpu', 'wasm'] as const) describeOn(backend, `${name}, ${backend}`, body);
};
