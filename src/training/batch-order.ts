/** The order of the training images: a new permutation per epoch, from the run's seed. */
import type { BatchPosition } from '#core/checkpoint/run-values.ts';
import { createRng, restoreRng } from '#core/rng.ts';

/** Batches of sample indices, epoch after epoch, without end. The last batch of an epoch may be smaller. */
export class BatchOrder {
  private rng;
  private permutation: readonly number[] = [];
  private position = 0;

  /**
   * @param count number of training images, at least 1
   * @param batch images per batch, at least 1
   * @param seed the run's seed
   */
  constructor(
    private readonly count: number,
    private readonly batch: number,
    seed: number,
  ) {
    this.rng = createRng(seed, 'batch-order');
  }

  get stepsPerEpoch(): number {
    return Math.ceil(this.count / this.batch);
  }

  /** The indices of the next batch, each in 0..count-1. */
  next(): readonly number[] {
    if (this.position >= this.permutation.length) {
      this.permutation = Array.from(this.rng.shuffle(this.count));
      this.position = 0;
    }
    const indices = this.permutation.slice(this.position, this.position + this.batch);
    this.position += this.batch;
    return indices;
  }

  /** The position after the last batch. */
  read(): BatchPosition {
    return { rng: this.rng.state(), permutation: this.permutation, position: this.position };
  }

  /**
   * Continues from a position.
   * @throws RangeError if its permutation has another number of images
   */
  load({ rng, permutation, position }: BatchPosition): void {
    if (permutation.length !== this.count) {
      throw new RangeError(`The batch order has ${this.count} images, got ${permutation.length}.`);
    }
    this.rng = restoreRng(rng);
    this.permutation = permutation;
    this.position = position;
  }
}
