import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import type { StepLosses } from '#core/history.ts';
import type { StepLoss } from '#losses/loss.ts';
import { describeBackends } from '#testing/gpu.ts';
import { LossLog } from './loss-log.ts';

const single = (value: number): StepLoss => {
  const loss = tf.scalar(value);
  return { objective: loss, final: loss };
};

const report = (losses: StepLosses, refused = false) => ({ ...losses, refused });

describeBackends('LossLog', () => {
  const append = (log: LossLog, losses: () => StepLoss, refused = false): void =>
    void tf.tidy(() => log.append(losses(), tf.tensor1d([refused ? 1 : 0])));

  it('returns any number of losses in order', async () => {
    const log = new LossLog();
    expect(await log.take()).toEqual([]);
    const many = Array.from({ length: 150 }, (_, i) => i / 8);
    for (const value of many) append(log, () => single(value));
    expect(await log.take()).toEqual(many.map((loss) => report({ loss })));
    append(log, () => single(3), true);
    append(log, () => single(Number.NaN));
    expect(await log.take()).toEqual([report({ loss: 3 }, true), report({ loss: Number.NaN })]);
    log.dispose();
  });

  it('returns both losses of steps with two, among steps with one', async () => {
    const log = new LossLog();
    // 70 steps with two values and 10 with one: the values of a step can be on both sides of a page boundary.
    for (let step = 0; step < 80; step++) {
      append(log, () => (step < 70 ? { objective: tf.scalar(-step), final: tf.scalar(step) } : single(step)));
    }
    const losses = await log.take();
    expect(losses).toEqual(
      Array.from({ length: 80 }, (_, step) =>
        report(
          step < 70 ? { loss: step, objective: step === 0 ? expect.closeTo(0) : -step } : { loss: step },
        ),
      ),
    );
    log.dispose();
  });

  it('frees its tensors', () => {
    const before = tf.memory().numTensors;
    const log = new LossLog();
    append(log, () => single(1));
    expect(tf.memory().numTensors).toBe(before + 2);
    log.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});
