/** Runs a suite on the WebGPU backend, every test inside error scopes; no adapter is a failure, not a skip. */
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect } from 'vitest';
import { webgpuBackend } from '#gpu/backend.ts';

let lossReason: string | undefined;

const start = async (): Promise<void> => {
  if (!(await tf.setBackend('webgpu'))) {
    throw new Error('No WebGPU adapter: these tests need one (see README, "Tests").');
  }
  await tf.ready();
  webgpuBackend().device.lost.then((info) => {
    lossReason = info.message || info.reason;
  });
};

/**
 * A `describe` whose tests run on tfjs's WebGPU backend. Each test runs inside a validation and an out-of-memory
 * error scope and fails on either, or on a lost device.
 */
export const describeGpu = (name: string, body: () => void): void => {
  describe(name, () => {
    beforeAll(start);
    beforeEach(() => {
      const { device } = webgpuBackend();
      device.pushErrorScope('validation');
      device.pushErrorScope('out-of-memory');
      tf.engine().startScope();
    });
    afterEach(async () => {
      tf.engine().endScope();
      const { device } = webgpuBackend();
      const memory = await device.popErrorScope();
      const validation = await device.popErrorScope();
      expect(memory?.message, 'GPU out-of-memory error').toBeUndefined();
      expect(validation?.message, 'GPU validation error').toBeUndefined();
      expect(lossReason, 'GPU device lost').toBeUndefined();
    });
    afterAll(() => {
      tf.disposeVariables();
    });
    body();
  });
};
