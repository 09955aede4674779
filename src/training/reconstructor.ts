/** Reconstructs images with a run's model for an evaluation, with the batch-norm statistics of the settings. */

import type { ImageSet } from '#core/dataset.ts';
import type { EvaluationSettings } from '#core/evaluation-settings.ts';
import { readValues } from '#engine/webgpu/readback.ts';
import type { Autoencoder, BatchNormStatistics, NamedArray } from '#model/autoencoder.ts';
import type { FixedImages } from './fixed-images.ts';
import { chunked, fillImages, padded } from './image-tensors.ts';
import type { RecordedPasses } from './recorded-passes.ts';
import type { Reconstruction } from './sample-view.ts';

/** Images of a run by their use. */
export interface ImageCounts {
  /** Trained images. */
  readonly train: number;
  readonly test: number;
}

/** The position of the weights in the run. */
export interface WeightsAge {
  readonly epoch: number;
  readonly step: number;
}

/** Called after each batch, including those for batch-norm statistics; throwing ends the work. */
export type AfterBatch = (reconstructed: ReadonlyMap<number, Reconstruction>) => Promise<void> | void;

/**
 * Images that pass through the model at once in evaluation: at most the number of test images, or of training images if
 * there are no test images.
 * @param counts at least one training image
 */
export const evaluationBatchSize = (counts: ImageCounts, microBatch: number): number =>
  Math.min(microBatch, counts.test > 0 ? counts.test : counts.train);

const noImages: ReadonlyMap<number, Reconstruction> = new Map();

interface ReconstructorParts {
  readonly images: ImageSet;
  readonly trainIndices: readonly number[];
  readonly model: Autoencoder;
  readonly fixedImages: FixedImages;
  readonly passes: RecordedPasses;
  /** Images that pass through the model at once, in evaluation and for the batch-norm statistics. */
  readonly evaluationBatch: number;
  readonly trainBatch: number;
  /** Called when a pass has been sent to the device. */
  readonly afterPass: () => void;
}

/** The batch-norm statistics of evaluation: the running averages, or those of the last population. */
type StatisticsKind = 'running' | 'population';

/** Remembers the weights that its statistics belong to; the tensors belong to its passes. */
export class Reconstructor {
  /** The batch-norm setting of the last reconstruction. */
  batchNorm: EvaluationSettings['batchNorm'];
  /** Recalibrated statistics and the step whose weights they belong to. */
  private recalibrated: { readonly step: number; readonly kind: StatisticsKind } | undefined;

  constructor(
    private readonly parts: ReconstructorParts,
    { batchNorm }: Pick<EvaluationSettings, 'batchNorm'>,
  ) {
    this.batchNorm = batchNorm;
  }

  /** Number of batches needed now to reconstruct this many images with these settings; for 0 images, to compute only the statistics. */
  batchesFor(
    count: number,
    { step }: WeightsAge,
    { batchNorm }: Pick<EvaluationSettings, 'batchNorm'> = this,
  ): number {
    const { trainIndices, trainBatch, evaluationBatch } = this.parts;
    const recalibrates = batchNorm !== 'running' && this.recalibrated?.step !== step;
    return (
      (recalibrates ? Math.ceil(trainIndices.length / trainBatch) : 0) + Math.ceil(count / evaluationBatch)
    );
  }

  /**
   * Returns reconstructions by index. If it is interrupted, the previous settings apply again.
   * @param images those that the indices are of, if not the run's own
   */
  async reconstruct(
    indices: readonly number[],
    { batchNorm }: EvaluationSettings,
    age: WeightsAge,
    afterBatch: AfterBatch = () => undefined,
    images: ImageSet = this.parts.images,
  ): Promise<Map<number, Reconstruction>> {
    const before = this.batchNorm;
    this.batchNorm = batchNorm;
    try {
      return await this.inBatches(images, indices, age, afterBatch);
    } catch (thrown) {
      this.batchNorm = before;
      throw thrown;
    }
  }

  /** The weights, with the batch-norm statistics of the last reconstruction's settings. */
  async readWeights({ step }: WeightsAge, afterBatch: AfterBatch): Promise<NamedArray[]> {
    const { model, passes } = this.parts;
    const kind = await this.statistics(step, afterBatch);
    const statistics: BatchNormStatistics = kind === 'running' ? model.runningStatistics : passes.population;
    return model.readWeights(statistics);
  }

  /** Makes evaluation use the running averages as recalibrated statistics: the weights of a file include them as such. */
  adoptRunning(step: number): void {
    this.recalibrated = { step, kind: 'running' };
  }

  /** Drops recalibrated statistics, because the weights of their step have changed. */
  forget(): void {
    this.recalibrated = undefined;
  }

  private async inBatches(
    images: ImageSet,
    indices: readonly number[],
    { epoch, step }: WeightsAge,
    afterBatch: AfterBatch,
  ): Promise<Map<number, Reconstruction>> {
    const { fixedImages, passes, evaluationBatch, afterPass } = this.parts;
    const kind = await this.statistics(step, afterBatch);
    const length = images.side * images.side * 3;
    const result = new Map<number, Reconstruction>();
    // A single image is fast. Everything else runs in batches of one size, so each batch reuses the buffers of the previous one.
    const size = indices.length === 1 ? 1 : evaluationBatch;
    for (const chunk of chunked(indices, size)) {
      fixedImages.write(size, 0, (values) => fillImages(images, padded(chunk, size), values));
      const output = passes.reconstruct(size, kind);
      afterPass();
      const all = await readValues(output);
      const part = new Map(
        chunk.map((index, row) => {
          const pixels = all.subarray(row * length, (row + 1) * length);
          return [index, { pixels, epoch, step }] as const;
        }),
      );
      for (const [index, reconstruction] of part) result.set(index, reconstruction);
      await afterBatch(part);
    }
    return result;
  }

  private async statistics(step: number, afterBatch?: AfterBatch): Promise<StatisticsKind> {
    if (this.batchNorm === 'running') return 'running';
    if (this.recalibrated?.step !== step) {
      this.forget();
      await this.recalibrate(afterBatch);
      this.recalibrated = { step, kind: 'population' };
    }
    return this.recalibrated!.kind;
  }

  private async recalibrate(afterBatch: AfterBatch = () => undefined): Promise<void> {
    const { images, trainIndices, trainBatch, fixedImages, passes, afterPass } = this.parts;
    passes.startPopulation();
    let seen = 0;
    for (const chunk of chunked(trainIndices, trainBatch)) {
      const { length } = chunk;
      seen += length;
      fixedImages.write(length, 0, (values) => fillImages(images, chunk, values));
      passes.join(length, length / seen);
      afterPass();
      await afterBatch(noImages);
    }
  }
}
