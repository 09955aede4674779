import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { describeBackends } from '#testing/gpu.ts';
import { LossLog } from './loss-log.ts';

describeBackends('LossLog', () => {
  it('gives all losses back in order, however many there are', async () => {
    const log = new LossLog();
    const append = (values: readonly number[]): void => {
      for (const value of values) tf.tidy(() => log.append(tf.scalar(value)));
    };
    expect(await log.take()).toEqual([]);
    const many = Array.from({ length: 150 }, (_, i) => i / 8);
    append(many);
    expect(await log.take()).toEqual(many);
    append([3, Number.NaN]);
    expect(await log.take()).toEqual([3, Number.NaN]);
    log.dispose();
  });

  it('frees its tensors', () => {
    const before = tf.memory().numTensors;
    const log = new LossLog();
    tf.tidy(() => log.append(tf.scalar(1)));
    expect(tf.memory().numTensors).toBe(before + 1);
    log.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});
