/** The tensors of a run: model, loss, optimizer and images. */
import type * as tf from '@tensorflow/tfjs-core';
import type { RunValues } from '#core/checkpoint/run-values.ts';
import type { RunConfig } from '#core/config.ts';
import type { ImageSet } from '#core/dataset.ts';
import type { EvaluationSettings } from '#core/evaluation-settings.ts';
import { curriculumExponent, hasCurriculum } from '#core/frequency-weight/curriculum.ts';
import { frequencyWeightSettings } from '#core/run-change.ts';
import { trainingSplit } from '#core/training-split.ts';
import { heldBytes } from '#engine/device.ts';
import { compileAhead } from '#engine/webgpu/compile-ahead.ts';
import { readValues } from '#engine/webgpu/readback.ts';
import { submitRecorded } from '#engine/webgpu/submission.ts';
import { createLoss } from '#losses/create-loss.ts';
import { createAutoencoder, type NamedArray } from '#model/autoencoder.ts';
import { learningRateSchedule } from '#optim/learning-rate.ts';
import { createRadam } from '#optim/radam.ts';
import { BatchOrder } from './batch-order.ts';
import { FixedImages } from './fixed-images.ts';
import { chunked, fillImages, imageBatches } from './image-tensors.ts';
import { LossLog, type StepReport } from './loss-log.ts';
import { microBatchSizes } from './micro-batches.ts';
import { pastBudgetBytes } from './past-reconstructions.ts';
import { evaluationBatchSize, type ImageCounts, Reconstructor } from './reconstructor.ts';
import { RecordedPasses } from './recorded-passes.ts';
import { RecordedSteps } from './recorded-step.ts';
import { RunEvaluator } from './run-evaluator.ts';
import { RunState } from './run-state.ts';
import { ProbeImages } from './spectrum-probe.ts';
import type { StepParts } from './train-step.ts';
import { requireTrainingImages, testIndicesOf } from './training-images.ts';
import type { EvaluationResult, SpectrumProbe, TrainingRun } from './training-run.ts';
import type { WorkOptions } from './yield-point.ts';

/** One run. Owns its tensors until `dispose`. */
export class AutoencoderRun implements TrainingRun {
  /** Evaluates the run, and holds its reconstructions. */
  readonly evaluator: RunEvaluator;
  private parts: StepParts;
  private learningRate: (step: number) => number;
  private readonly state: RunState;
  private readonly trainIndices: readonly number[];
  private readonly evaluationBatch: number;
  private readonly probe: ProbeImages;
  private readonly reconstructor: Reconstructor;
  private readonly losses = new LossLog();
  /** All images reach the model through these tensors. */
  private readonly fixedImages: FixedImages;
  private readonly recordedSteps: RecordedSteps;
  private readonly passes: RecordedPasses;
  private peak = 0;

  /**
   * @param microBatch images that pass through the model at once, in training and in evaluation; the whole batch by
   *   default
   * @param contestants number of runs that share this thread's memory for past evaluations
   * @throws ResiduaError `no-training-images` if the image set has none; `config-invalid` for a side or width that
   *   the architecture does not support
   */
  constructor(
    private readonly images: ImageSet,
    private config: RunConfig,
    private readonly microBatch: number = config.batch,
    contestants = 1,
  ) {
    const split = trainingSplit(images.samples, config);
    const testIndices = testIndicesOf(images);
    this.trainIndices = split.trained;
    const { trainIndices } = this;
    requireTrainingImages(images, trainIndices.length);
    this.evaluationBatch = evaluationBatchSize(
      { train: trainIndices.length, test: testIndices.length },
      microBatch,
    );
    this.probe = new ProbeImages(images, trainIndices, microBatch);
    const model = createAutoencoder(config);
    const variables = model.parameters.map(({ variable }) => variable);
    const loss = createLoss(config, config.side, () => this.trainBatches());
    const order = new BatchOrder(trainIndices.length, config.batch, config.seed);
    this.learningRate = learningRateSchedule(config, config.epochs * order.stepsPerEpoch);
    const learningRate = (step: number): number => this.learningRate(step);
    const optimizer = createRadam({ ...config, learningRate }, variables);
    this.parts = { model, variables, loss, optimizer };
    this.fixedImages = new FixedImages(config.side);
    this.recordedSteps = new RecordedSteps(this.parts, this.fixedImages, (values) =>
      this.losses.store(values, optimizer.refused),
    );
    this.passes = new RecordedPasses(model, this.fixedImages, config.side);
    const { evaluationBatch, fixedImages, passes } = this;
    const afterPass = (): void => this.submit();
    const reconstructed = { images, model, fixedImages, passes, trainIndices, evaluationBatch, afterPass };
    this.reconstructor = new Reconstructor({ ...reconstructed, trainBatch: microBatch }, config);
    this.state = new RunState(model, optimizer, order);
    const { reconstructor, state } = this;
    const pastBytes = pastBudgetBytes() / contestants;
    const evaluated = {
      images,
      config,
      split,
      testIndices,
      reconstructor,
      state,
      batch: evaluationBatch,
      pastBytes,
    };
    this.evaluator = new RunEvaluator(evaluated);
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
    return this.state.stepsPerEpoch;
  }

  /** Number of steps in the whole run. */
  private get totalSteps(): number {
    return this.config.epochs * this.stepsPerEpoch;
  }

  /** Number of images in an epoch. */
  get trainingImages(): number {
    return this.trainIndices.length;
  }

  /** Number of trained and of tested images. */
  get imageCounts(): ImageCounts {
    return { train: this.trainIndices.length, test: testIndicesOf(this.images).length };
  }

  /** Number of good images in an epoch. */
  get goodTrainingImages(): number {
    return this.trainIndices.filter((index) => !this.images.samples[index].anomalous).length;
  }

  get summary(): { readonly parameterCount: number; readonly stepsPerEpoch: number } {
    return { parameterCount: this.model.parameterCount, stepsPerEpoch: this.stepsPerEpoch };
  }

  prepare(onProgress?: (share: number) => void): Promise<void> {
    const most = Math.min(this.config.batch, this.trainIndices.length);
    // The third and later parts need the same kernels as the second.
    const sizes = microBatchSizes(most, this.microBatch).slice(0, 2);
    return compileAhead(() => {
      this.recordedSteps.compute({ sizes, rectified: false, growing: hasCurriculum(this.config) });
      this.recordedSteps.compute({ sizes, rectified: true, growing: false });
      this.passes.reconstructAll(this.evaluationBatch, 'running');
      this.passes.reconstructAll(this.probe.indices.length, 'batch');
    }, onProgress);
  }

  step(): number {
    const indices = this.state.order.next().map((position) => this.trainIndices[position]!);
    this.evaluator.scored.stopScoringAhead();
    const exponent = curriculumExponent(this.state.steps + 1, this.totalSteps, this.config.curriculum);
    const growing = exponent < 1 && this.parts.loss.stepLoss !== undefined;
    const parts = chunked(indices, this.microBatch);
    for (const [place, part] of parts.entries()) {
      this.fixedImages.write(part.length, place, (values) => fillImages(this.images, part, values));
    }
    const rectified = this.parts.optimizer.advance();
    this.losses.next(!growing);
    this.recordedSteps.run({ sizes: parts.map(({ length }) => length), rectified, growing }, exponent);
    this.state.steps += 1;
    this.submit();
    return indices.length;
  }

  takeLosses(): Promise<readonly StepReport[]> {
    return this.losses.take();
  }

  evaluate(settings: EvaluationSettings, options?: WorkOptions): Promise<EvaluationResult> {
    return this.evaluator.evaluate(settings, options);
  }

  rescore(settings: EvaluationSettings, options?: WorkOptions): Promise<EvaluationResult | undefined> {
    return this.evaluator.rescore(settings, options);
  }

  evaluateShown(settings: EvaluationSettings): Promise<void> {
    return this.evaluator.evaluateShown(settings);
  }

  async probeSpectrum(): Promise<SpectrumProbe> {
    const count = this.probe.indices.length;
    this.fixedImages.write(count, 0, (values) => this.probe.fill(values));
    const output = this.passes.reconstruct(count, 'batch');
    this.submit();
    return this.probe.powerOf(await readValues(output));
  }

  readState(): Promise<RunValues> {
    return this.state.read();
  }

  /**
   * Continues from values that `readState` returned. Their array of weights may be reused afterward.
   * @throws RangeError if they are of another model or another number of images
   */
  loadState(values: RunValues): void {
    this.state.load(values);
    this.reconstructor.forget();
  }

  keepState(): void {
    this.state.keep();
  }

  restoreState(): void {
    this.state.restore();
    this.reconstructor.forget();
  }

  change(config: RunConfig): void {
    if (frequencyWeightSettings.some((key) => config[key] !== this.config[key])) {
      const loss = createLoss(config, config.side, () => this.trainBatches());
      this.parts.loss.dispose();
      this.parts = { ...this.parts, loss };
      this.recordedSteps.renew(this.parts);
    }
    this.config = config;
    this.learningRate = learningRateSchedule(config, this.totalSteps);
  }

  /**
   * Sets weights from files. Evaluation then uses the files' batch-norm statistics, whatever the setting.
   * @param step optimizer steps behind these weights
   * @param stepsPerEpoch on the images that they were trained on; by default those of this run
   * @throws ResiduaError `import-invalid` if they do not fit the model
   */
  setWeights(weights: readonly NamedArray[], step: number, stepsPerEpoch = this.stepsPerEpoch): void {
    this.model.setWeights(weights);
    this.state.steps = step;
    this.state.stepsPerEpoch = stepsPerEpoch;
    this.reconstructor.adoptRunning(step);
  }

  /** Makes the next recalibrated evaluation compute its batch-norm statistics, also after `setWeights`. */
  recalibrate(): void {
    this.reconstructor.forget();
  }

  dispose(): void {
    this.recordedSteps.dispose();
    this.passes.dispose();
    this.fixedImages.dispose();
    this.losses.dispose();
    this.state.dispose();
    this.parts.optimizer.dispose();
    this.parts.loss.dispose();
    this.model.dispose();
  }

  private trainBatches(): Generator<tf.Tensor4D> {
    return imageBatches(this.images, this.trainIndices, this.microBatch, () => this.submit());
  }

  /** Sends the recorded commands to the device. Memory use peaks just before. */
  private submit(): void {
    this.peak = Math.max(this.peak, heldBytes());
    submitRecorded();
  }
}
