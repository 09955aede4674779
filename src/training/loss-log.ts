/** Losses that stay on the device until one readback fetches those of many steps. */

import * as tf from '@tensorflow/tfjs-core';
import type { StepLosses } from '#core/history.ts';
import { copyInto, storeColumn, writeValues } from '#engine/ops/elementwise/in-place.ts';
import { uninitialized } from '#engine/ops/uninitialized/uninitialized.ts';
import { readValues } from '#engine/webgpu/readback.ts';
import type { StepLoss } from '#losses/loss.ts';

/** Steps per page. */
const pageSteps = 64;

/** The rows of a page: the loss with the final weight, the minimized one, and whether the step was refused. */
const pageRows = 3;

/** What one step did, as its device reports it. */
export interface StepReport extends StepLosses {
  /** Whether the optimizer refused the step, and the weights stayed as they were. */
  readonly refused: boolean;
}

const createPage = (): tf.Tensor2D => uninitialized<tf.Rank.R2>([pageRows, pageSteps]);

/**
 * Collects scalars without a readback. Call `next` before a step and `store` in it. `store` can be recorded, because the
 * position is on the device. Owns its tensors until `dispose`.
 */
export class LossLog {
  private readonly page = createPage();
  private readonly slot = uninitialized<tf.Rank.R1>([1]);
  private readonly full: tf.Tensor2D[] = [];
  /** For each step since the last `take`: whether both its losses are the same. */
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

  /**
   * Stores the losses of the step that `next` made room for; the caller owns the tensors.
   * @param refused as in `Radam`
   */
  store({ objective, final }: StepLoss, refused: tf.Tensor1D): void {
    storeColumn(this.page, this.slot, [final, objective, refused]);
  }

  /** Calls `next` and `store`. */
  append(losses: StepLoss, refused: tf.Tensor1D): void {
    this.next(losses.objective === losses.final);
    this.store(losses, refused);
  }

  /** Waits for the device, and returns the reports of all steps since the last call, in order. */
  async take(): Promise<readonly StepReport[]> {
    const single = this.single;
    const full = this.full.splice(0);
    this.single = [];
    this.count = 0;
    if (single.length === 0) return [];
    const pages = await Promise.all([...full, this.page].map((page) => readValues(page)));
    tf.dispose(full);
    return single.map((isSingle, step) => {
      const values = pages[Math.floor(step / pageSteps)]!;
      const [loss, objective, refused] = [0, 1, 2].map(
        (row) => values[row * pageSteps + (step % pageSteps)]!,
      );
      const report = { loss: loss!, refused: refused !== 0 };
      return isSingle ? report : { ...report, objective: objective! };
    });
  }

  dispose(): void {
    tf.dispose([this.page, this.slot, ...this.full]);
    this.full.length = 0;
    this.single = [];
    this.count = 0;
  }

  /** The current page must stay the same tensor, because recordings refer to it. */
  private turnPage(): void {
    const page = createPage();
    copyInto(page, this.page);
    this.full.push(page);
    this.count = 0;
  }
}
