/** Evaluates a run: passes images through its model, with the batch norm and the scores of an evaluation. */
import type { ResidualStatistics } from '#core/calibration/residual-statistics.ts';
import type { RunConfig } from '#core/config.ts';
import type { ImageSet } from '#core/dataset.ts';
import type { EvaluationSettings } from '#core/evaluation-settings.ts';
import { imageBytes } from '#core/image-bytes.ts';
import { usesCalibration } from '#core/scores/score-names.ts';
import { picturesOfImage } from '#core/tiles.ts';
import type { TrainingSplit } from '#core/training-split.ts';
import type { NamedArray } from '#model/autoencoder.ts';
import type { ImagePairs } from './calibrated-low-cut.ts';
import { calibrationIndices, learnStatistics } from './calibration-pass.ts';
import { type GoodScores, goodTrainingIndices, scoreInParts } from './good-training-scores.ts';
import { chunked } from './image-tensors.ts';
import { type MappedScores, scoreWithMaps } from './new-image-scores.ts';
import { packPixels, unpackPixels } from './packed-pixels.ts';
import type { AfterBatch, Reconstructor } from './reconstructor.ts';
import type { RunState } from './run-state.ts';
import { ScoredTestSplit } from './scored-test-split.ts';
import type { EvaluationResult } from './training-run.ts';
import { interruptible, type WorkOptions, yieldPoint } from './yield-point.ts';

interface EvaluatorParts {
  readonly images: ImageSet;
  readonly config: RunConfig;
  readonly split: TrainingSplit;
  readonly testIndices: readonly number[];
  readonly reconstructor: Reconstructor;
  readonly state: RunState;
  /** Images that pass through the model at once. */
  readonly batch: number;
  /** Budget for past evaluations, in bytes. */
  readonly pastBytes: number;
}

/** Holds only arrays; the tensors belong to its parts. */
export class RunEvaluator {
  /** The shown image, its index among the images. */
  shown: number | undefined;
  /** The reconstructions of the last evaluation, and their scores. */
  readonly scored: ScoredTestSplit;

  constructor(private readonly parts: EvaluatorParts) {
    const { images, testIndices, config, pastBytes } = parts;
    this.scored = new ScoredTestSplit(images, testIndices, config, pastBytes);
  }

  /** As `TrainingRun.evaluate`. */
  async evaluate(settings: EvaluationSettings, options: WorkOptions = {}): Promise<EvaluationResult> {
    const { testIndices, reconstructor, state } = this.parts;
    const { shownPictures, scored } = this;
    const others = shownPictures.filter((picture) => !testIndices.includes(picture));
    const indices = others.length === 0 ? testIndices : [...testIndices, ...others];
    const calibrated = usesCalibration(settings);
    const good = calibrated ? this.calibrationIndices.length : 0;
    const batches = reconstructor.batchesFor(good + indices.length, state.age, settings);
    const afterBatch = yieldAfterBatch(batches, options);
    const { signal } = options;
    signal?.throwIfAborted();
    const statistics = calibrated ? await this.learn(settings, { signal }, afterBatch) : undefined;
    const scores = await scored.scoresBy(settings, signal, statistics);
    const reconstructions = await reconstructor.reconstruct(indices, settings, state.age, (part) => {
      for (const [index, { pixels }] of part) scores.add(index, pixels);
      return afterBatch();
    });
    const result = scores.result();
    scored.take(reconstructions, settings, result, statistics);
    return result;
  }

  /** Evaluates the last good weights, which a loaded state has beside the present ones; as `TrainingRun.evaluate`. */
  evaluateLastGood(settings: EvaluationSettings, options: WorkOptions = {}): Promise<EvaluationResult> {
    return this.parts.state.atLastGood(() => this.evaluate(settings, options));
  }

  /** As `TrainingRun.rescore`. */
  rescore(settings: EvaluationSettings, options: WorkOptions = {}): Promise<EvaluationResult | undefined> {
    return this.scored.rescore(settings, options, (wanted, learning) =>
      this.parts.state.atLastGood(() => this.learn(wanted, learning)),
    );
  }

  /** As `TrainingRun.evaluateShown`. */
  async evaluateShown(settings: EvaluationSettings): Promise<void> {
    const { shownPictures } = this;
    if (shownPictures.length > 0) this.scored.add(await this.reconstruct(shownPictures, settings));
  }

  /**
   * Scores the good images of `goodTrainingIndices` like the last evaluation: with its weights and its batch-norm mode.
   * @throws ResiduaError `non-finite-loss` naming an image; `cancelled`
   */
  async scoreGoodTraining(settings: EvaluationSettings, options: WorkOptions = {}): Promise<GoodScores> {
    const { images, split, state, batch } = this.parts;
    const parts = chunked(goodTrainingIndices(split), batch);
    const scorer = await this.scored.scorerBy(settings, options.signal);
    const reconstruct = (part: readonly number[]) => this.reconstruct(part, settings);
    const scored = await state.atLastGood(() => scoreInParts(images, parts, reconstruct, scorer, options));
    return { heldOut: split.heldOut.length > 0, ...scored };
  }

  /**
   * Scores images that are not of the run like the last evaluation, with their maps.
   * @param others at the run's side
   * @throws ResiduaError `non-finite-loss` naming an image; `cancelled`
   */
  async scoreOthers(
    others: ImageSet,
    settings: EvaluationSettings,
    options: WorkOptions = {},
  ): Promise<MappedScores> {
    const { state, batch, reconstructor } = this.parts;
    const parts = chunked(
      others.samples.map((_, index) => index),
      batch,
    );
    const scorer = await this.scored.scorerBy(settings, options.signal);
    const reconstruct = (part: readonly number[]) =>
      reconstructor.reconstruct(part, settings, state.age, undefined, others);
    return state.atLastGood(() => scoreWithMaps(others, parts, reconstruct, scorer, options));
  }

  /**
   * The images that calibrate the last evaluation, with their reconstructions by its weights, stored as 16-bit numbers.
   * @throws ResiduaError `cancelled`
   */
  async calibrationPairs(settings: EvaluationSettings, options: WorkOptions = {}): Promise<ImagePairs> {
    const { images, state, batch } = this.parts;
    const indices = this.calibrationIndices;
    const length = images.side * images.side * 3;
    const packed = new Uint16Array(indices.length * length);
    let done = 0;
    await state.atLastGood(async () => {
      for await (const part of interruptible(chunked(indices, batch), options)) {
        const reconstructions = await this.reconstruct(part, settings);
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

  /**
   * The weights, with the batch-norm statistics of the last evaluation's settings.
   * @throws ResiduaError `cancelled`
   */
  async readWeights(options: WorkOptions = {}): Promise<NamedArray[]> {
    const { reconstructor, state } = this.parts;
    options.signal?.throwIfAborted();
    const batches = reconstructor.batchesFor(0, state.age);
    return reconstructor.readWeights(state.age, yieldAfterBatch(batches, options));
  }

  /**
   * The same of the last evaluation's weights, from which training may have gone on.
   * @throws ResiduaError `cancelled`
   */
  readEvaluatedWeights(options: WorkOptions = {}): Promise<NamedArray[]> {
    return this.parts.state.atLastGood(() => this.readWeights(options));
  }

  /** Learns the residual statistics of good training images by the weights in the model. */
  private learn(
    settings: EvaluationSettings,
    options: WorkOptions,
    afterBatch?: AfterBatch,
  ): Promise<ResidualStatistics> {
    const { images, batch } = this.parts;
    const reconstruct = (part: readonly number[]) => this.reconstruct(part, settings, afterBatch);
    const { scratch } = this.scored;
    return learnStatistics(images, this.calibrationIndices, batch, settings, scratch, reconstruct, options);
  }

  private reconstruct(indices: readonly number[], settings: EvaluationSettings, afterBatch?: AfterBatch) {
    return this.parts.reconstructor.reconstruct(indices, settings, this.parts.state.age, afterBatch);
  }

  /** All pictures of the shown image; none if no image is shown. */
  private get shownPictures(): readonly number[] {
    const { samples } = this.parts.images;
    return this.shown === undefined ? [] : picturesOfImage(samples, this.shown);
  }

  /** @throws ResiduaError `no-training-images` if none of the training images is good */
  private get calibrationIndices(): readonly number[] {
    return calibrationIndices(this.parts.images, this.parts.split.trained);
  }
}

/** Returns a callback with a yield point after each of this many batches. */
const yieldAfterBatch = (batches: number, options: WorkOptions): (() => Promise<void>) => {
  let done = 0;
  return () => yieldPoint(++done / batches, options);
};
