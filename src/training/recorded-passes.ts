/** Passes of images through a model without training, recorded once per kind and then replayed. */
import type * as tf from '@tensorflow/tfjs-core';
import { joiningNumbers } from '#engine/ops/batch-norm/running-statistics.ts';
import { copyInto, writeValues } from '#engine/ops/elementwise/in-place.ts';
import { uninitialized } from '#engine/ops/uninitialized/uninitialized.ts';
import { type Recording, record } from '#engine/recording.ts';
import type { Autoencoder, BatchNormStatistics } from '#model/autoencoder.ts';
import { resetStatistics } from '#model/batch-norm-statistics.ts';
import { FixedImages } from './fixed-images.ts';

/** The batch-norm statistics that a pass uses: the running averages, the population's, or those of the batch itself. */
export type PassKind = 'running' | 'population' | 'batch';

/**
 * Runs passes on images that were written to place 0 of the fixed images. Owns recordings, outputs and the population's
 * statistics until `dispose`; the model must outlive it.
 */
export class RecordedPasses {
  private readonly recordings = new Map<string, Recording>();
  private readonly outputs: FixedImages;
  private readonly numbers = uninitialized<tf.Rank.R1>([2]);
  private joined: BatchNormStatistics | undefined;

  constructor(
    private readonly model: Autoencoder,
    private readonly images: FixedImages,
    side: number,
  ) {
    this.outputs = new FixedImages(side);
  }

  /** Batch-norm statistics over all images joined since `startPopulation`. */
  get population(): BatchNormStatistics {
    this.joined ??= this.model.createStatistics();
    return this.joined;
  }

  /** Resets the population. */
  startPopulation(): void {
    resetStatistics(this.population);
  }

  /**
   * Joins the batch-norm statistics of `count` images to the population's.
   * @param share their fraction of all images so far, including themselves
   */
  join(count: number, share: number): void {
    writeValues(this.numbers, joiningNumbers(share));
    this.run(`join/${count}`, () => this.joinAll(count));
  }

  /** The reconstructions of `count` images, float32 [count, S, S, 3]: a tensor of this object, until its next pass. */
  reconstruct(count: number, kind: PassKind): tf.Tensor4D {
    this.run(`${kind}/${count}`, () => this.reconstructAll(count, kind));
    return this.outputs.of(count);
  }

  /** The work of `join`, for compiling ahead. */
  joinAll(count: number): void {
    this.model.joinStatistics(this.images.of(count), this.population, this.numbers);
  }

  /** The work of `reconstruct`, for compiling ahead. */
  reconstructAll(count: number, kind: PassKind): void {
    const x = this.images.of(count);
    const output =
      kind === 'batch'
        ? this.model.evaluateByBatch(x)
        : this.model.evaluate(x, kind === 'running' ? this.model.runningStatistics : this.population);
    copyInto(this.outputs.of(count), output);
    output.dispose();
  }

  dispose(): void {
    for (const recording of this.recordings.values()) recording.dispose();
    this.recordings.clear();
    this.outputs.dispose();
    this.numbers.dispose();
    this.joined?.dispose();
    this.joined = undefined;
  }

  private run(key: string, body: () => void): void {
    const recording = this.recordings.get(key);
    if (recording) recording.replay();
    else this.recordings.set(key, record(body));
  }
}
