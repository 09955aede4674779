/** Losses that wait on the device for their readback: one for many steps. */

import * as tf from '@tensorflow/tfjs-core';
import type { StepLosses } from '#core/history.ts';
import { storeValue } from '#gpu/elementwise/in-place.ts';
import { readValues } from '#gpu/readback.ts';
import type { StepLoss } from '#losses/loss.ts';

/** Values between two readbacks at most; more make another page. */
const pageSize = 64;

/** Collects scalars without a readback. Owns its tensors until `dispose`. */
export class LossLog {
  private readonly pages: tf.Tensor1D[] = [];
  private count = 0;
  /** For each step whether it stored one value, since both its losses are the same. */
  private readonly single: boolean[] = [];

  /** Notes the losses of a step; the scalars stay the caller's. */
  append({ objective, final }: StepLoss): void {
    this.store(final);
    this.single.push(objective === final);
    if (objective !== final) this.store(objective);
  }

  /** Waits for the device, and takes all losses since the last time, in order. */
  async take(): Promise<readonly StepLosses[]> {
    const { count } = this;
    this.count = 0;
    const steps = this.single.splice(0);
    const used = this.pages.slice(0, Math.ceil(count / pageSize));
    const values = (await Promise.all(used.map((page) => readValues(page)))).flatMap((page) =>
      Array.from(page),
    );
    let at = 0;
    return steps.map((isSingle) => {
      const loss = values[at++]!;
      return isSingle ? { loss } : { loss, objective: values[at++]! };
    });
  }

  dispose(): void {
    tf.dispose(this.pages);
    this.pages.length = 0;
    this.count = 0;
    this.single.length = 0;
  }

  private store(value: tf.Scalar): void {
    const page = Math.floor(this.count / pageSize);
    this.pages[page] ??= tf.keep(tf.zeros<tf.Rank.R1>([pageSize]));
    storeValue(this.pages[page], this.count % pageSize, value);
    this.count += 1;
  }
}
