import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { describeBackends } from '#testing/gpu.ts';
import { accumulate, copyInto, storeValue, writeValues } from './in-place.ts';

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
    const store = (index: number, value: number): void =>
      storeValue(target, tf.scalar(index), tf.scalar(value));
    store(3, -7.5);
    store(0, Number.NaN);
    store(5, 1);
    expect(Array.from(await target.data())).toEqual([Number.NaN, 2, 3, -7.5, 5]);
  });
});

describeBackends('writeValues', () => {
  it('follows earlier commands and precedes later ones', async () => {
    const target = tf.tensor1d([1, 2, 3]);
    const early = tf.zeros([3]);
    const late = tf.zeros([3]);
    copyInto(early, target);
    writeValues(target, Float32Array.of(4, 5, 6));
    copyInto(late, target);
    expect(Array.from(await early.data())).toEqual([1, 2, 3]);
    expect(Array.from(await late.data())).toEqual([4, 5, 6]);
    writeValues(target, Float32Array.of(7, 8, 9));
    expect(Array.from(await target.data())).toEqual([7, 8, 9]);
  });

  it('refuses another count, naming both', () => {
    expect(() => writeValues(tf.zeros([3]), new Float32Array(2))).toThrow('2 values for a tensor of 3');
  });
});
