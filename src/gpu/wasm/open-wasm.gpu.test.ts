import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { describeBackends } from '#testing/gpu.ts';
import { openWasm } from './open-wasm.ts';

describeBackends('openWasm', () => {
  it('makes WASM the backend, tells its threads, and stays as it is when opened again', async () => {
    const opened = await openWasm();
    expect(tf.getBackend()).toBe('wasm');
    expect(opened.backend).toBe('wasm');
    // Threads need memory that is shared, which only an isolated page may have.
    const most = globalThis.crossOriginIsolated ? navigator.hardwareConcurrency : 1;
    expect(opened.threads).toBeGreaterThanOrEqual(1);
    expect(opened.threads).toBeLessThanOrEqual(most);
    expect(await openWasm()).toEqual(opened);
  });
});
