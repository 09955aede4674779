/** The tensor side of a run: model, loss, optimiser and images. */

import type * as tf from '@tensorflow/tfjs-core';
import type { ResidualStatistics } from '#core/calibration/residual-statistics.ts';
import type { RunConfig } from '#core/config.ts';
import type { ImageSet } from '#core/dataset.ts';
import type { EvaluationSettings } from '#core/evaluation-settings.ts';
import { curriculumExponent, hasCurriculum } from '#core/frequency-weight/curriculum.ts';
import type { SampleView, StepLosses } from '#core/history.ts';
import { imageBytes } from '#core/image-bytes.ts';
import { usesCalibration } from '#core/scores/score-names.ts';
import { type TrainingSplit, trainingSplit } from '#core/training-split.ts';
import { heldBytes } from '#engine/device.ts';
import { compileAhead } from '#engine/webgpu/compile-ahead.ts';
import { readValues } from '#engine/webgpu/readback.ts';
import { submitRecorded } from '#engine/webgpu/submission.ts';
import { createLoss } from '#losses/create-loss.ts';
import { createAutoencoder, type NamedArray } from '#model/autoencoder.ts';
import { learningRateSchedule } from '#optim/learning-rate.ts';
import { createRadam } from '#optim/radam.ts';
import { BatchOrder } from './batch-order.ts';
import type { ImagePairs } from './calibrated-low-cut.ts';
import { calibrationIndices, learnStatistics } from './calibration-pass.ts';
import { FixedImages } from './fixed-images.ts';
import { type GoodScores, goodTrainingIndices, scoreInParts } from './good-training-scores.ts';
import { chunked, fillImages, imageBatches } from './image-tensors.ts';
import { LossLog } from './loss-log.ts';
import { microBatchSizes } from './micro-batches.ts';
import { packPixels, unpackPixels } from './packed-pixels.ts';
import { type AfterBatch, evaluationBatchSize, Reconstructor, type WeightsAge } from './reconstructor.ts';
import { RecordedPasses } from './recorded-passes.ts';
import { RecordedSteps } from './recorded-step.ts';
import { sampleView } from './sample-view.ts';
import { ScoredTestSplit } from './scored-test-split.ts';
import { ProbeImages } from './spectrum-probe.ts';
import type { StepParts } from './train-step.ts';
import { requireTrainingImages } from './training-images.ts';
import type { EvaluationResult, SpectrumProbe, TrainingRun } from './training-run.ts';
import { interruptible, type WorkOptions, yieldPoint } from './yield-point.ts';

const testIndicesOf = ({ samples }: ImageSet): number[] =>
  samples.flatMap(({ split }, index) => (split === 'test' ? [index] : []));

/** One run. Owns its tensors until `dispose`. */
export class AutoencoderRun implements TrainingRun {
  /** The image that is shown, index into the image set's samples. */
  shown: number | undefined;
  /** What the last evaluation reconstructed, and its scores. */
  readonly scored: ScoredTestSplit;
  private readonly parts: StepParts;
  private readonly order: BatchOrder;
  private readonly split: TrainingSplit;
  private readonly trainIndices: readonly number[];
  private readonly testIndices: readonly number[];
  private readonly probe: ProbeImages;
  private readonly modelSnapshot;
  private readonly optimiserSnapshot;
  private readonly reconstructor: Reconstructor;
  private readonly losses = new LossLog();
  /** Through which all images reach the model. */
  private readonly fixedImages: FixedImages;
  private readonly recordedSteps: RecordedSteps;
  private readonly passes: RecordedPasses;
  private steps = 0;
  private peak = 0;
  private keptSteps = 0;

  /**
   * @param microBatch images that pass through the model at once, in training and in evaluation; the whole batch by
   *   default
   * @throws ResiduaError `no-training-images` where the image set has none; `config-invalid` for a side or width that
   *   the architecture does not know
   */
  constructor(
    private readonly images: ImageSet,
    private readonly config: RunConfig,
    private readonly microBatch: number = config.batch,
  ) {
    this.split = trainingSplit(images.samples, config);
    this.trainIndices = this.split.trained;
    this.testIndices = testIndicesOf(images);
    requireTrainingImages(images, this.trainIndices.length);
    this.probe = new ProbeImages(images, this.trainIndices, microBatch);
    this.scored = new ScoredTestSplit(images, this.testIndices, config);
    const model = createAutoencoder(config);
    const variables = model.parameters.map(({ variable }) => variable);
    const loss = createLoss(config, config.side, () => this.trainBatches());
    this.order = new BatchOrder(this.trainIndices.length, config.batch, config.seed);
    const learningRate = learningRateSchedule(config, this.totalSteps);
    this.parts = { model, variables, loss, optimiser: createRadam({ ...config, learningRate }, variables) };
    this.fixedImages = new FixedImages(config.side);
    this.recordedSteps = new RecordedSteps(this.parts, this.fixedImages, (values) =>
      this.losses.store(values),
    );
    this.passes = new RecordedPasses(model, this.fixedImages, config.side);
    this.reconstructor = new Reconstructor(
      {
        images,
        model,
        fixedImages: this.fixedImages,
        passes: this.passes,
        trainIndices: this.trainIndices,
        trainBatch: microBatch,
        evaluationBatch: this.evaluationBatch,
        afterPass: () => this.submit(),
      },
      config,
    );
    this.modelSnapshot = model.snapshot();
    this.optimiserSnapshot = this.parts.optimiser.snapshot();
  }

  private get model() {
    return this.parts.model;
  }

  /** The most bytes that the device has held for this run so far. */
  get peakBytes(): number {
    return this.peak;
  }

  get deviceBytes(): number {
    return heldBytes();
  }

  get stepsPerEpoch(): number {
    return this.order.stepsPerEpoch;
  }

  /** Steps of the whole run. */
  private get totalSteps(): number {
    return this.config.epochs * this.stepsPerEpoch;
  }

  /** Images of an epoch. */
  get trainingImages(): number {
    return this.trainIndices.length;
  }

  /** Good images of an epoch. */
  get goodTrainingImages(): number {
    return this.trainIndices.filter((index) => !this.images.samples[index].anomalous).length;
  }

  get summary(): { readonly parameterCount: number; readonly stepsPerEpoch: number } {
    return { parameterCount: this.model.parameterCount, stepsPerEpoch: this.stepsPerEpoch };
  }

  prepare(onProgress?: (share: number) => void): Promise<void> {
    const most = Math.min(this.config.batch, this.trainIndices.length);
    // A third part and those after it are computed as the second.
    const sizes = microBatchSizes(most, this.microBatch).slice(0, 2);
    return compileAhead(() => {
      this.recordedSteps.compute({ sizes, rectified: false, growing: hasCurriculum(this.config) });
      this.recordedSteps.compute({ sizes, rectified: true, growing: false });
      this.passes.reconstructAll(this.evaluationBatch, 'running');
      this.passes.reconstructAll(this.probe.indices.length, 'batch');
    }, onProgress);
  }

  step(): number {
    const indices = this.order.next().map((position) => this.trainIndices[position]!);
    this.scored.stopScoringAhead();
    const exponent = curriculumExponent(this.steps + 1, this.totalSteps, this.config.curriculum);
    const growing = exponent < 1 && this.parts.loss.stepLoss !== undefined;
    const parts = chunked(indices, this.microBatch);
    for (const [place, part] of parts.entries()) {
      this.fixedImages.write(part.length, place, (values) => fillImages(this.images, part, values));
    }
    const rectified = this.parts.optimiser.advance();
    this.losses.next(!growing);
    this.recordedSteps.run({ sizes: parts.map(({ length }) => length), rectified, growing }, exponent);
    this.steps += 1;
    this.submit();
    return indices.length;
  }

  takeLosses(): Promise<readonly StepLosses[]> {
    return this.losses.take();
  }

  async evaluate(settings: EvaluationSettings, options: WorkOptions = {}): Promise<EvaluationResult> {
    const shown = this.shown === undefined || this.testIndices.includes(this.shown) ? [] : [this.shown];
    const indices = [...this.testIndices, ...shown];
    const calibrated = usesCalibration(settings);
    const good = calibrated ? this.calibrationIndices.length : 0;
    const batches = this.reconstructor.batchesFor(good + indices.length, this.age, settings);
    const afterBatch = this.yieldAfterBatch(batches, options);
    const { signal } = options;
    signal?.throwIfAborted();
    const statistics = calibrated ? await this.learn(settings, { signal }, afterBatch) : undefined;
    const scores = await this.scored.scoresBy(settings, signal, statistics);
    const reconstructions = await this.reconstructor.reconstruct(indices, settings, this.age, (part) => {
      for (const [index, { pixels }] of part) scores.add(index, pixels);
      return afterBatch();
    });
    const result = scores.result();
    this.scored.take(reconstructions, settings, result, statistics);
    return result;
  }

  rescore(settings: EvaluationSettings, options: WorkOptions = {}): Promise<EvaluationResult | undefined> {
    return this.scored.rescore(settings, options, (wanted, learning) =>
      this.atKeptState(() => this.learn(wanted, learning)),
    );
  }

  async evaluateShown(settings: EvaluationSettings): Promise<void> {
    if (this.shown === undefined) return;
    this.scored.add(await this.reconstructor.reconstruct([this.shown], settings, this.age));
  }

  /**
   * Scores the good images that `goodTrainingIndices` names as the last evaluation would have: by the weights that it kept
   * and its batch-norm mode. Weights that have moved on since are back afterwards.
   * @throws ResiduaError `non-finite-loss` naming an image; `cancelled`
   */
  async scoreGoodTraining(settings: EvaluationSettings, options: WorkOptions = {}): Promise<GoodScores> {
    const indices = goodTrainingIndices(this.split);
    const parts = chunked(indices, this.evaluationBatch);
    const scorer = await this.scored.scorerBy(settings, options.signal);
    const scores = await this.atKeptState(() =>
      scoreInParts(
        this.images,
        parts,
        (part) => this.reconstructor.reconstruct(part, settings, this.age),
        scorer,
        options,
      ),
    );
    return { heldOut: this.split.heldOut.length > 0, indices, scores };
  }

  /**
   * The images that the last evaluation was, or would have been, calibrated by, with their reconstructions by the weights
   * that it kept. Those are kept as 16-bit numbers.
   * @throws ResiduaError `cancelled`
   */
  async calibrationPairs(settings: EvaluationSettings, options: WorkOptions = {}): Promise<ImagePairs> {
    const { images, calibrationIndices: indices } = this;
    const length = images.side * images.side * 3;
    const packed = new Uint16Array(indices.length * length);
    let done = 0;
    await this.atKeptState(async () => {
      for await (const part of interruptible(chunked(indices, this.evaluationBatch), options)) {
        const reconstructions = await this.reconstructor.reconstruct(part, settings, this.age);
        for (const index of part) packPixels(reconstructions.get(index)!.pixels, packed, length * done++);
      }
    });
    return {
      count: indices.length,
      pair: (row) => ({
        bytes: imageBytes(images, indices[row]),
        pixels: unpackPixels(packed.subarray(row * length, (row + 1) * length)),
      }),
    };
  }

  async probeSpectrum(): Promise<SpectrumProbe> {
    const count = this.probe.indices.length;
    this.fixedImages.write(count, 0, (values) => this.probe.fill(values));
    const output = this.passes.reconstruct(count, 'batch');
    this.submit();
    return this.probe.powerOf(await readValues(output));
  }

  /** What is known of a sample before there is a run. */
  static inputView(images: ImageSet, index: number): SampleView {
    return sampleView(images, index, undefined, undefined);
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
    this.reconstructor.forget();
  }

  /**
   * The weights, with the batch-norm statistics that evaluation uses.
   * @throws ResiduaError `cancelled`
   */
  readWeights(options: WorkOptions = {}): Promise<NamedArray[]> {
    options.signal?.throwIfAborted();
    const batches = this.reconstructor.batchesFor(0, this.age);
    return this.reconstructor.readWeights(this.age, this.yieldAfterBatch(batches, options));
  }

  /**
   * Takes weights from files. Evaluation uses the batch-norm statistics that came with them, whatever the setting.
   * @param step optimiser steps behind these weights
   * @throws ResiduaError `import-invalid` where they do not fit the model
   */
  setWeights(weights: readonly NamedArray[], step: number): void {
    this.model.setWeights(weights);
    this.steps = step;
    this.reconstructor.adoptRunning(step);
  }

  dispose(): void {
    this.recordedSteps.dispose();
    this.passes.dispose();
    this.fixedImages.dispose();
    this.losses.dispose();
    this.modelSnapshot.dispose();
    this.optimiserSnapshot.dispose();
    this.parts.optimiser.dispose();
    this.parts.loss.dispose();
    this.model.dispose();
  }

  /** What good training images leave over by the weights in the model. */
  private learn(
    settings: EvaluationSettings,
    options: WorkOptions,
    afterBatch?: AfterBatch,
  ): Promise<ResidualStatistics> {
    const { images, calibrationIndices: indices, evaluationBatch, reconstructor, scored, age } = this;
    return learnStatistics(
      images,
      indices,
      evaluationBatch,
      settings,
      scored.scratch,
      (part) => reconstructor.reconstruct(part, settings, age, afterBatch),
      options,
    );
  }

  /** @throws ResiduaError `no-training-images` where none of the training images is good */
  private get calibrationIndices(): readonly number[] {
    return calibrationIndices(this.images, this.trainIndices);
  }

  /** A yield point after each of so many batches. */
  private yieldAfterBatch(batches: number, options: WorkOptions): () => Promise<void> {
    let done = 0;
    return () => yieldPoint(++done / batches, options);
  }

  private get age(): WeightsAge {
    return { epoch: Math.floor(this.steps / this.stepsPerEpoch), step: this.steps };
  }

  private get evaluationBatch(): number {
    const { trainIndices, testIndices, microBatch } = this;
    return evaluationBatchSize({ train: trainIndices.length, test: testIndices.length }, microBatch);
  }

  /** With the weights of the last evaluation in the model; the present ones are back afterwards. */
  private async atKeptState<T>(work: () => Promise<T>): Promise<T> {
    const { keptSteps, steps } = this;
    if (steps === keptSteps) return work();
    const present = this.model.snapshot();
    present.keep();
    try {
      this.modelSnapshot.restore();
      this.steps = keptSteps;
      return await work();
    } finally {
      present.restore();
      present.dispose();
      this.steps = steps;
    }
  }

  private trainBatches(): Generator<tf.Tensor4D> {
    return imageBatches(this.images, this.trainIndices, this.microBatch, () => this.submit());
  }

  /** Sends what is recorded to the device; what it holds is at its most just before. */
  private submit(): void {
    this.peak = Math.max(this.peak, heldBytes());
    submitRecorded();
  }
}
