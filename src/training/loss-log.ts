/** Losses that stay on the device until one readback fetches those of many steps. */

import * as tf from '@tensorflow/tfjs-core';
import type { StepLosses } from '#core/history.ts';
import { copyInto, storeValue, writeValues } from '#engine/ops/elementwise/in-place.ts';
import { uninitialized } from '#engine/ops/uninitialized/uninitialized.ts';
import { readValues } from '#engine/webgpu/readback.ts';
import type { StepLoss } from '#losses/loss.ts';

/** Steps per page. */
const pageSteps = 64;

/** The losses of up to `pageSteps` steps. */
interface Page {
  readonly finals: tf.Tensor1D;
  readonly objectives: tf.Tensor1D;
}

const createPage = (): Page => ({
  finals: uninitialized<tf.Rank.R1>([pageSteps]),
  objectives: uninitialized<tf.Rank.R1>([pageSteps]),
});

/**
 * Collects scalars without a readback. Call `next` before a step and `store` in it. `store` can be recorded, because the
 * position is on the device. Owns its tensors until `dispose`.
 */
export class LossLog {
  private readonly page = createPage();
  private readonly slot = uninitialized<tf.Rank.R1>([1]);
  private readonly full: Page[] = [];
  /** For each step since the last `take`: whether both its losses are the same, so it stored a single value. */
  private single: boolean[] = [];
  private count = 0;

  /**
   * Makes room for the losses of one more step.
   * @param isSingle whether both its losses are the same tensor
   */
  next(isSingle: boolean): void {
    if (this.count === pageSteps) this.turnPage();
    writeValues(this.slot, Float32Array.of(this.count));
    this.count += 1;
    this.single.push(isSingle);
  }

  /** Stores the losses of the step that `next` made room for; the caller owns the scalars. */
  store({ objective, final }: StepLoss): void {
    storeValue(this.page.finals, this.slot, final);
    if (objective !== final) storeValue(this.page.objectives, this.slot, objective);
  }

  /** Calls `next` and `store`. */
  append(losses: StepLoss): void {
    this.next(losses.objective === losses.final);
    this.store(losses);
  }

  /** Waits for the device, and returns all losses since the last call, in order. */
  async take(): Promise<readonly StepLosses[]> {
    const single = this.single;
    const full = this.full.splice(0);
    this.single = [];
    this.count = 0;
    if (single.length === 0) return [];
    const both = single.includes(false);
    const read = async (kind: keyof Page): Promise<number[]> =>
      (await Promise.all([...full, this.page].map((page) => readValues(page[kind])))).flatMap((values) =>
        Array.from(values),
      );
    const [finals, objectives] = await Promise.all([read('finals'), both ? read('objectives') : []]);
    for (const page of full) tf.dispose([page.finals, page.objectives]);
    return single.map((isSingle, step) => {
      const loss = finals[step]!;
      return isSingle ? { loss } : { loss, objective: objectives[step]! };
    });
  }

  dispose(): void {
    for (const page of [this.page, ...this.full]) tf.dispose([page.finals, page.objectives]);
    this.slot.dispose();
    this.full.length = 0;
    this.single = [];
    this.count = 0;
  }

  /** The current page must stay the same tensor, because recordings refer to it. */
  private turnPage(): void {
    const page = createPage();
    copyInto(page.finals, this.page.finals);
    copyInto(page.objectives, this.page.objectives);
    this.full.push(page);
    this.count = 0;
  }
}
