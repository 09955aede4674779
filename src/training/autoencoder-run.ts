/** The tensor side of a run: model, loss, optimiser and images, and the reconstructions of its last evaluation. */
import * as tf from '@tensorflow/tfjs-core';
import type { RunConfig } from '#core/config.ts';
import type { ImageSet } from '#core/dataset.ts';
import { ResiduaError } from '#core/errors.ts';
import type { SampleView } from '#core/history.ts';
import { createLoss, type Loss } from '#losses/create-loss.ts';
import {
  type Autoencoder,
  type BatchNormStatistics,
  createAutoencoder,
  type NamedArray,
} from '#model/autoencoder.ts';
import { createRadam, type Radam } from '#optim/radam.ts';
import { checkAdapter } from './adapter-check.ts';
import { BatchOrder } from './batch-order.ts';
import { evaluateScores } from './evaluate-scores.ts';
import { chunked, imageBatch } from './image-tensors.ts';
import { type Reconstruction, sampleView } from './sample-view.ts';
import type { EvaluationResult, EvaluationSettings, TrainingRun } from './training-run.ts';

/** Images evaluated in one forward pass at most: bounds memory, since nothing is differentiated. */
const evaluationBatch = 32;

const indicesOf = (images: ImageSet, split: 'train' | 'test'): number[] =>
  images.samples.flatMap((sample, index) => (sample.split === split ? [index] : []));

/** One run. Owns its tensors until `dispose`. */
export class AutoencoderRun implements TrainingRun {
  /** The image that is shown, index into the image set's samples. */
  shown: number | undefined;
  private readonly model: Autoencoder;
  private readonly loss: Loss;
  private readonly optimiser: Radam;
  private readonly order: BatchOrder;
  private readonly trainIndices: readonly number[];
  private readonly testIndices: readonly number[];
  private readonly variables: tf.Variable[];
  private readonly modelSnapshot;
  private readonly optimiserSnapshot;
  private readonly batch: number;
  private settings: EvaluationSettings;
  private pendingLosses: tf.Scalar[] = [];
  private steps = 0;
  private keptSteps = 0;
  private reconstructions = new Map<number, Reconstruction>();
  /** Recalibrated statistics and the step whose weights they belong to. */
  private recalibrated: { readonly step: number; readonly statistics: BatchNormStatistics } | undefined;

  /**
   * @param maxBindingBytes the largest buffer that one kernel may see on this adapter
   * @throws ResiduaError `no-training-images` where the image set has none; `adapter-too-small` where a batch does not
   *   fit; `config-invalid` for a side or width that the architecture does not know
   */
  constructor(
    private readonly images: ImageSet,
    config: RunConfig,
    maxBindingBytes = Number.POSITIVE_INFINITY,
  ) {
    this.trainIndices = indicesOf(images, 'train');
    this.testIndices = indicesOf(images, 'test');
    if (this.trainIndices.length === 0) {
      throw new ResiduaError(
        'no-training-images',
        `The category ${images.name} has no training images.`,
        'Choose a folder with images in train/good.',
      );
    }
    checkAdapter(config, this.trainIndices.length, maxBindingBytes);
    this.settings = config;
    this.batch = config.batch;
    this.model = createAutoencoder(config);
    this.variables = this.model.parameters.map(({ variable }) => variable);
    this.loss = createLoss(config, config.side);
    this.optimiser = createRadam(config, this.variables);
    this.order = new BatchOrder(this.trainIndices.length, config.batch, config.seed);
    this.modelSnapshot = this.model.snapshot();
    this.optimiserSnapshot = this.optimiser.snapshot();
  }

  get stepsPerEpoch(): number {
    return this.order.stepsPerEpoch;
  }

  get summary(): { readonly parameterCount: number; readonly stepsPerEpoch: number } {
    return { parameterCount: this.model.parameterCount, stepsPerEpoch: this.stepsPerEpoch };
  }

  step(): number {
    const indices = this.order.next().map((position) => this.trainIndices[position]);
    const batch = imageBatch(this.images, indices);
    const { value, grads } = tf.variableGrads(
      () => this.loss.loss(batch, this.model.train(batch)),
      this.variables,
    );
    this.optimiser.apply(grads);
    tf.dispose(grads);
    batch.dispose();
    this.pendingLosses.push(value);
    this.steps += 1;
    return indices.length;
  }

  async takeLosses(): Promise<readonly number[]> {
    const pending = this.pendingLosses;
    this.pendingLosses = [];
    if (pending.length === 0) return [];
    const stacked = tf.stack(pending);
    tf.dispose(pending);
    const losses = Array.from(await stacked.data());
    stacked.dispose();
    return losses;
  }

  async evaluate(settings: EvaluationSettings): Promise<EvaluationResult> {
    this.settings = settings;
    const shown = this.shown === undefined || this.testIndices.includes(this.shown) ? [] : [this.shown];
    const reconstructions = await this.reconstruct([...this.testIndices, ...shown]);
    const result = evaluateScores(
      this.images,
      this.testIndices,
      reconstructions,
      settings.removeMeanResidual,
    );
    this.reconstructions = reconstructions;
    return result;
  }

  async evaluateShown(settings: EvaluationSettings): Promise<void> {
    this.settings = settings;
    if (this.shown === undefined) return;
    for (const [index, reconstruction] of await this.reconstruct([this.shown])) {
      this.reconstructions.set(index, reconstruction);
    }
  }

  /** Whether there is a reconstruction of this sample to show. */
  hasReconstruction(index: number): boolean {
    return this.reconstructions.has(index);
  }

  /** What is known of a sample; its reconstruction is that of the last evaluation. */
  view(index: number): SampleView {
    return sampleView(this.images, index, this.reconstructions.get(index), this.settings.removeMeanResidual);
  }

  /** What is known of a sample before there is a run. */
  static inputView(images: ImageSet, index: number): SampleView {
    return sampleView(images, index, undefined, false);
  }

  keepState(): void {
    this.modelSnapshot.keep();
    this.optimiserSnapshot.keep();
    this.keptSteps = this.steps;
  }

  restoreState(): void {
    this.modelSnapshot.restore();
    this.optimiserSnapshot.restore();
    this.steps = this.keptSteps;
    this.dropRecalibrated();
  }

  /** The weights, with the batch-norm statistics that evaluation uses. */
  async readWeights(): Promise<NamedArray[]> {
    return this.model.readWeights(await this.statistics());
  }

  /**
   * Takes weights from files. Evaluation uses the batch-norm statistics that came with them, whatever the setting.
   * @param step optimiser steps behind these weights
   * @throws ResiduaError `import-invalid` where they do not fit the model
   */
  setWeights(weights: readonly NamedArray[], step: number): void {
    this.model.setWeights(weights);
    this.steps = step;
    this.dropRecalibrated();
    const { tensors } = this.model.runningStatistics;
    this.recalibrated = { step, statistics: { tensors, dispose: () => {} } };
  }

  dispose(): void {
    tf.dispose(this.pendingLosses);
    this.dropRecalibrated();
    this.modelSnapshot.dispose();
    this.optimiserSnapshot.dispose();
    this.optimiser.dispose();
    this.loss.dispose();
    this.model.dispose();
  }

  private async reconstruct(indices: readonly number[]): Promise<Map<number, Reconstruction>> {
    const statistics = await this.statistics();
    const { side } = this.images;
    const length = side * side * 3;
    const epoch = Math.floor(this.steps / this.stepsPerEpoch);
    const result = new Map<number, Reconstruction>();
    for (const chunk of chunked(indices, evaluationBatch)) {
      const batch = imageBatch(this.images, chunk);
      const output = this.model.evaluate(batch, statistics);
      batch.dispose();
      const pixels = await output.data<'float32'>();
      output.dispose();
      chunk.forEach((index, row) => {
        result.set(index, {
          pixels: pixels.subarray(row * length, (row + 1) * length),
          epoch,
          step: this.steps,
        });
      });
    }
    return result;
  }

  private async statistics(): Promise<BatchNormStatistics> {
    if (this.settings.batchNorm === 'running') return this.model.runningStatistics;
    if (this.recalibrated?.step !== this.steps) {
      this.dropRecalibrated();
      const statistics = await this.model.recalibrate(this.trainBatches());
      this.recalibrated = { step: this.steps, statistics };
    }
    return this.recalibrated.statistics;
  }

  private *trainBatches(): Generator<tf.Tensor4D> {
    for (const chunk of chunked(this.trainIndices, this.batch)) {
      const batch = imageBatch(this.images, chunk);
      yield batch;
      batch.dispose();
    }
  }

  private dropRecalibrated(): void {
    this.recalibrated?.statistics.dispose();
    this.recalibrated = undefined;
  }
}
