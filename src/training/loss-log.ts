/** Losses that wait on the device for their readback: one for many steps. */

import * as tf from '@tensorflow/tfjs-core';
import { storeValue } from '#gpu/elementwise/in-place.ts';
import { readValues } from '#gpu/readback.ts';

/** Steps between two readbacks at most; more make another page. */
const pageSize = 64;

/** Collects scalars without a readback. Owns its tensors until `dispose`. */
export class LossLog {
  private readonly pages: tf.Tensor1D[] = [];
  private count = 0;

  /** Notes a loss; the scalar stays the caller's. */
  append(loss: tf.Scalar): void {
    const page = Math.floor(this.count / pageSize);
    this.pages[page] ??= tf.keep(tf.zeros<tf.Rank.R1>([pageSize]));
    storeValue(this.pages[page], this.count % pageSize, loss);
    this.count += 1;
  }

  /** Waits for the device, and takes all losses since the last time, in order. */
  async take(): Promise<readonly number[]> {
    const { count } = this;
    this.count = 0;
    const used = this.pages.slice(0, Math.ceil(count / pageSize));
    const values = await Promise.all(used.map((page) => readValues(page)));
    return values.flatMap((page) => Array.from(page)).slice(0, count);
  }

  dispose(): void {
    tf.dispose(this.pages);
    this.pages.length = 0;
    this.count = 0;
  }
}
