import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { describeBackends } from '#testing/gpu.ts';
import { copyInto, fillZero } from './in-place.ts';
import { createSnapshot } from './tensor-snapshot.ts';

describeBackends('createSnapshot', () => {
  it('sets tensors back to what was kept, even after they were read', async () => {
    const first = tf.tensor1d([1, 2, 3]);
    const second = tf.tensor2d([4, 5, 6, 7], [2, 2]);
    const snapshot = createSnapshot([first, second]);
    copyInto(first, tf.tensor1d([-1, -2, -3]));
    copyInto(second, tf.zeros([2, 2]));
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
    copyInto(tensor, tf.tensor1d([8, 9]));
    snapshot.keep();
    copyInto(tensor, tf.tensor1d([0, 0]));
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

describeBackends('in-place ops', () => {
  it('change every tensor that shares the data, and make none', async () => {
    const tensor = tf.tensor1d([1, Number.NaN, 3]);
    const shared = tf.reshape(tensor, [3, 1]);
    const before = tf.memory().numTensors;
    fillZero(tensor);
    expect(tf.memory().numTensors).toBe(before);
    expect(Array.from(await shared.data())).toEqual([0, 0, 0]);
  });

  it('leave a gradient tape alone', async () => {
    const seen = tf.zeros([2]);
    const x = tf.tensor1d([1, 2]);
    const before = tf.memory().numTensors;
    const dx = tf.grad((input) => {
      const squares = tf.square(input);
      copyInto(seen, squares);
      return squares;
    })(x);
    expect(tf.memory().numTensors).toBe(before + 1);
    expect(Array.from(await dx.data())).toEqual([2, 4]);
    expect(Array.from(await seen.data())).toEqual([1, 4]);
  });

  it('refuse a source of another size', () => {
    expect(() => copyInto(tf.zeros([2]), tf.zeros([3]))).toThrow('3 values for a tensor of 2');
  });
});
