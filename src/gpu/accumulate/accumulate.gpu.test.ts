import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { describeBackends } from '#testing/gpu.ts';
import { accumulate } from './accumulate.ts';

describeBackends('accumulate', () => {
  it.each([1, 4, 7, 1 << 19])('adds %i values in place, exactly', async (count) => {
    const target = tf.tensor1d(Float32Array.from({ length: count }, (_, i) => i));
    const source = tf.tensor1d(Float32Array.from({ length: count }, (_, i) => 3 * i + 1));
    accumulate(target, source);
    accumulate(target, source);
    const values = await target.data();
    // Whole numbers below 2^24: every sum is exact.
    for (let i = 0; i < count; i += 97) expect(values[i]).toBe(7 * i + 2);
    expect(Array.from(await source.data()).slice(0, 2)).toEqual(count > 1 ? [1, 4] : [1]);
  });

  it('makes no tensor', () => {
    const [target, source] = [tf.ones([8]), tf.ones([8])];
    const before = tf.memory().numTensors;
    accumulate(target, source);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('refuses another shape, naming both', () => {
    expect(() => accumulate(tf.ones([2, 3]), tf.ones([3, 2]))).toThrow('[2,3] and [3,2]');
  });
});
