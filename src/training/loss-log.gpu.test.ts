import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import type { StepLoss } from '#losses/loss.ts';
import { describeBackends } from '#testing/gpu.ts';
import { LossLog } from './loss-log.ts';

const single = (value: number): StepLoss => {
  const loss = tf.scalar(value);
  return { objective: loss, final: loss };
};

describeBackends('LossLog', () => {
  it('returns any number of losses in order', async () => {
    const log = new LossLog();
    const append = (values: readonly number[]): void => {
      for (const value of values) tf.tidy(() => log.append(single(value)));
    };
    expect(await log.take()).toEqual([]);
    const many = Array.from({ length: 150 }, (_, i) => i / 8);
    append(many);
    expect(await log.take()).toEqual(many.map((loss) => ({ loss })));
    append([3, Number.NaN]);
    expect(await log.take()).toEqual([{ loss: 3 }, { loss: Number.NaN }]);
    log.dispose();
  });

  it('returns both losses of steps with two, among steps with one', async () => {
    const log = new LossLog();
    // 70 steps with two values and 10 with one: the values of a step can be on both sides of a page boundary.
    for (let step = 0; step < 80; step++) {
      tf.tidy(() =>
        log.append(step < 70 ? { objective: tf.scalar(-step), final: tf.scalar(step) } : single(step)),
      );
    }
    const losses = await log.take();
    expect(losses).toEqual(
      Array.from({ length: 80 }, (_, step) =>
        step < 70 ? { loss: step, objective: step === 0 ? expect.closeTo(0) : -step } : { loss: step },
      ),
    );
    log.dispose();
  });

  it('frees its tensors', () => {
    const before = tf.memory().numTensors;
    const log = new LossLog();
    tf.tidy(() => log.append(single(1)));
    expect(tf.memory().numTensors).toBe(before + 3);
    log.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});
