import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

/** A worker that never answers. */
class SilentWorker {
  static started = 0;
  static ended = 0;
  constructor() {
    SilentWorker.started += 1;
  }
  postMessage(): void {}
  terminate(): void {
    SilentWorker.ended += 1;
  }
}

const open = async (threads?: number) => (await import('./open-processor.ts')).openProcessor(threads);

describe('openProcessor', () => {
  beforeEach(() => {
    // A page opens its processor only once.
    vi.resetModules();
    SilentWorker.started = 0;
    SilentWorker.ended = 0;
    vi.stubGlobal('navigator', { hardwareConcurrency: 4 });
    vi.stubGlobal('crossOriginIsolated', true);
    vi.stubGlobal('Worker', SilentWorker);
  });

  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
    if (tf.findBackend('wasm')) tf.removeBackend('wasm');
    // The next import brings new modules, which register their own kernels.
    for (const { kernelName } of tf.getKernelsForBackend('wasm')) tf.unregisterKernel(kernelName, 'wasm');
  });

  it('takes one thread and says why, if the page may not share memory', async () => {
    vi.stubGlobal('crossOriginIsolated', false);
    const { threads, singleThreadReason } = await open();
    expect(threads).toBe(1);
    expect(singleThreadReason).toContain('not isolated from other origins');
    expect(SilentWorker.started).toBe(0);
    expect(tf.getBackend()).toBe('wasm');
  });

  it('takes one thread and says why, if the others do not start within five seconds', async () => {
    vi.useFakeTimers();
    const opening = open();
    await vi.advanceTimersByTimeAsync(4_999);
    expect(SilentWorker.started).toBe(3);
    expect(tf.findBackend('wasm')).toBeFalsy();
    await vi.advanceTimersByTimeAsync(1);
    const { threads, singleThreadReason } = await opening;
    expect(threads).toBe(1);
    expect(SilentWorker.ended).toBe(3);
    expect(singleThreadReason).toBe('The other threads did not start within 5 seconds.');
  });

  it('gives no reason for the one thread that was asked for', async () => {
    expect(await open(1)).toMatchObject({ threads: 1, singleThreadReason: undefined });
  });
});
