import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import '#gpu/backend.ts';
import { openWasm } from './open-wasm.ts';

describe('openWasm', () => {
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

  it('keeps its tensors over a visit to another backend', async () => {
    await openWasm();
    const values = tf.tensor1d([1, 2]);
    await tf.setBackend('webgpu');
    await openWasm();
    expect(Array.from(await tf.add(values, 1).data())).toEqual([2, 3]);
  });
});
