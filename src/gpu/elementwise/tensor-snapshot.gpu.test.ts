import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { webgpuBackend } from '#gpu/backend.ts';
import { describeGpu } from '#testing/gpu.ts';
import { copyInto, createSnapshot } from './tensor-snapshot.ts';

describeGpu('createSnapshot', () => {
  it('sets tensors back to what was kept, even after they were read', async () => {
    const backend = webgpuBackend();
    const first = tf.tensor1d([1, 2, 3]);
    const second = tf.tensor2d([4, 5, 6, 7], [2, 2]);
    const snapshot = createSnapshot([first, second]);
    copyInto(backend, first, tf.tensor1d([-1, -2, -3]));
    copyInto(backend, second, tf.zeros([2, 2]));
    expect(Array.from(await first.data())).toEqual([-1, -2, -3]);
    expect(Array.from(await second.data())).toEqual([0, 0, 0, 0]);
    snapshot.restore();
    expect(Array.from(await first.data())).toEqual([1, 2, 3]);
    expect(Array.from(await second.data())).toEqual([4, 5, 6, 7]);
    snapshot.dispose();
  });

  it('forgets the former values at keep', async () => {
    const tensor = tf.tensor1d([1, 2]);
    const snapshot = createSnapshot([tensor]);
    copyInto(webgpuBackend(), tensor, tf.tensor1d([8, 9]));
    snapshot.keep();
    copyInto(webgpuBackend(), tensor, tf.tensor1d([0, 0]));
    snapshot.restore();
    expect(Array.from(await tensor.data())).toEqual([8, 9]);
    snapshot.dispose();
  });

  it('holds one copy of each tensor and frees it', () => {
    const tensor = tf.tensor1d([1, 2]);
    const before = tf.memory().numTensors;
    const snapshot = createSnapshot([tensor]);
    expect(tf.memory().numTensors).toBe(before + 1);
    snapshot.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});
