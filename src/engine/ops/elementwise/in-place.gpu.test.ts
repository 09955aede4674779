import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { describeBackends } from '#testing/gpu.ts';
import { accumulate, copyInto, storeColumn, writeValues } from './in-place.ts';

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

describeBackends('storeColumn', () => {
  it('changes one value per row and no other, also after a readback', async () => {
    const target = tf.tensor2d([1, 2, 3, 4, 5, 6], [2, 3]);
    await target.data();
    const store = (column: number, ...values: readonly number[]): void =>
      storeColumn(
        target,
        tf.scalar(column),
        values.map((value) => tf.scalar(value)),
      );
    store(2, -7.5, 8);
    store(0, Number.NaN, 9);
    store(3, 1, 1);
    expect(Array.from(await target.data())).toEqual([Number.NaN, 2, -7.5, 9, 5, 8]);
  });

  it('takes the same tensor for several rows', async () => {
    const target = tf.zeros<tf.Rank.R2>([2, 2]);
    const value = tf.scalar(3);
    storeColumn(target, tf.scalar(1), [value, value]);
    expect(Array.from(await target.data())).toEqual([0, 3, 0, 3]);
  });

  it('refuses another number of values', () => {
    expect(() => storeColumn(tf.zeros([2, 3]), tf.scalar(0), [tf.scalar(1)])).toThrow('1 values for 2 rows');
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
