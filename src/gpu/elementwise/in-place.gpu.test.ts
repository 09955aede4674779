import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { describeBackends } from '#testing/gpu.ts';
import { accumulate, storeValue } from './in-place.ts';

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

describeBackends('storeValue', () => {
  it('changes one value and no other, also after a readback', async () => {
    const target = tf.tensor1d([1, 2, 3, 4, 5]);
    await target.data();
    storeValue(target, 3, tf.scalar(-7.5));
    storeValue(target, 0, tf.scalar(Number.NaN));
    expect(Array.from(await target.data())).toEqual([Number.NaN, 2, 3, -7.5, 5]);
  });

  it('refuses an index outside, naming it', () => {
    expect(() => storeValue(tf.ones([4]), 4, tf.scalar(1))).toThrow('index 4');
    expect(() => storeValue(tf.ones([4]), -1, tf.scalar(1))).toThrow('index -1');
  });
});
