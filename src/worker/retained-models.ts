/** Trained models beside the run, to inspect images with them without changing the run. */

import type { ResidualStatistics } from '#core/calibration/residual-statistics.ts';
import type { RunConfig } from '#core/config.ts';
import type { ImageSet } from '#core/dataset.ts';
import { type EvaluationSettings, evaluationSettingsOf } from '#core/evaluation-settings.ts';
import type { ExportedRun } from '#core/exported-run.ts';
import type { SampleView } from '#core/history.ts';
import { stepsPerEpochOf } from '#core/run-length.ts';
import { usesCalibration } from '#core/scores/score-names.ts';
import type { Scorer } from '#core/scores/scorer.ts';
import type { HeldReconstructions, RetainedReconstructions } from '#core/spectrum/test-spectra.ts';
import { StepHistory } from '#core/step-history.ts';
import { picturesOfImage, type ShownPlace } from '#core/tiles.ts';
import { trainingSplit } from '#core/training-split.ts';
import { readValues } from '#engine/webgpu/readback.ts';
import { submitRecorded } from '#engine/webgpu/submission.ts';
import { parseRun } from '#io/parse-run.ts';
import { type Autoencoder, createAutoencoder } from '#model/autoencoder.ts';
import { calibrationIndices, learnStatistics } from '#training/calibration-pass.ts';
import { chunked, imageBatch } from '#training/image-tensors.ts';
import { packPixels } from '#training/packed-pixels.ts';
import { RunScorer } from '#training/run-scorer.ts';
import { type Reconstruction, sampleView } from '#training/sample-view.ts';
import { testIndicesOf } from '#training/training-images.ts';
import { interruptible, type WorkOptions } from '#training/yield-point.ts';
import { type HeldPast, type HeldView, heldPast } from './held-past.ts';
import { noImages, requireFraming } from './session-errors.ts';

/** Each model can be as large as the present run's, and a comparison needs a few at once. */
const mostModels = 4;

/** Images that pass through a retained model at once: little memory compared with the run. */
const largestPart = 8;

/** The scorer of one set of images by one set of settings. */
interface CachedScorer {
  readonly images: ImageSet;
  readonly key: string;
  readonly runScorer: RunScorer;
  /** Calibrated on first use. */
  calibrated: Promise<Scorer> | undefined;
}

/** What a view needs besides the image. */
export interface ViewOptions {
  /** Settings of the score; by default those of the run. */
  readonly settings?: EvaluationSettings | undefined;
  /** Shows the held evaluation that is nearest to this epoch; by default the last weights. */
  readonly epoch?: number | undefined;
}

interface RetainedModel {
  readonly model: Autoencoder;
  readonly config: RunConfig;
  /** Its past epochs; undefined if it has none, `not-sent` until a view at an epoch needs them. */
  readonly past: HeldPast | undefined | 'not-sent';
  /** Cached for its last use, because a calibrated residual needs a pass over the good training images. */
  scorer: CachedScorer | undefined;
  readonly epoch: number;
  readonly step: number;
  /** Number of views in progress: the model is freed only after they end. */
  viewing: number;
  dropped: boolean;
}

const release = (retained: RetainedModel): void => {
  if (retained.dropped && retained.viewing === 0) retained.model.dispose();
};

/** Passes images through a model, [n, S, S, 3] in [0, 1], with the batch-norm statistics that came with its weights. */
const reconstruct = async (
  model: Autoencoder,
  images: ImageSet,
  indices: readonly number[],
): Promise<Float32Array> => {
  const batch = imageBatch(images, indices);
  const output = model.evaluate(batch);
  batch.dispose();
  submitRecorded();
  const pixels = await readValues(output);
  output.dispose();
  return pixels;
};

/** All test images by the last weights. */
const reconstructTest = async (
  { model, config }: RetainedModel,
  images: ImageSet,
  options: WorkOptions,
): Promise<HeldReconstructions> => {
  const indices = testIndicesOf(images);
  const length = images.side * images.side * 3;
  const pixels = new Uint16Array(indices.length * length);
  let row = 0;
  for await (const part of interruptible(chunked(indices, Math.min(config.batch, largestPart)), options)) {
    packPixels(await reconstruct(model, images, part), pixels, row * length);
    row += part.length;
  }
  return { indices, pixels };
};

/** Statistics of the residual of good training images by this model. */
const learn = (
  { model, config }: RetainedModel,
  images: ImageSet,
  settings: EvaluationSettings,
  { scratch }: RunScorer,
  options: WorkOptions,
): Promise<ResidualStatistics> => {
  const length = images.side * images.side * 3;
  return learnStatistics(
    images,
    calibrationIndices(images, trainingSplit(images.samples, config).trained),
    Math.min(config.batch, largestPart),
    settings,
    scratch,
    async (part) => {
      const pixels = await reconstruct(model, images, part);
      return new Map(
        part.map((index, row) => [index, { pixels: pixels.subarray(row * length, (row + 1) * length) }]),
      );
    },
    options,
  );
};

/** The scorer of a retained run by some settings, cached but not calibrated yet. */
const scorerOf = (retained: RetainedModel, images: ImageSet, settings: EvaluationSettings): CachedScorer => {
  const key = JSON.stringify(evaluationSettingsOf(settings));
  const known = retained.scorer;
  if (known?.images === images && known.key === key) return known;
  const runScorer = new RunScorer(images, retained.config);
  retained.scorer = { images, key, runScorer, calibrated: undefined };
  return retained.scorer;
};

/** Calibrates a scorer by the last weights, if its settings need that. Uses the model until it resolves. */
const calibrate = (
  retained: RetainedModel,
  scorer: CachedScorer,
  settings: EvaluationSettings,
  options: WorkOptions,
): Promise<Scorer> => {
  const { images, runScorer } = scorer;
  const make = async (): Promise<Scorer> => {
    const statistics = usesCalibration(settings)
      ? await learn(retained, images, settings, runScorer, options)
      : undefined;
    return runScorer.of(settings, statistics);
  };
  const calibrated = scorer.calibrated ?? make();
  scorer.calibrated = calibrated;
  calibrated.catch(() => {
    scorer.calibrated = undefined;
  });
  return calibrated;
};

/** The last few inspected models, by key. Owns their tensors until `dispose`. */
export class RetainedModels {
  /** In the order of their last use. */
  private readonly models = new Map<string, RetainedModel>();

  /**
   * One image through a model, with the batch-norm statistics that came with its weights, or as a held past evaluation
   * reconstructed it.
   * @param files of the run, if the model or its past epochs may not be loaded
   * @returns undefined if they are not loaded and no files are given
   * @throws ResiduaError `import-invalid` if the files are no run, `config-invalid` if its side is not the images';
   *   `cancelled`
   */
  async view(
    key: string,
    files: ExportedRun | undefined,
    loaded: ImageSet | undefined,
    { index: image, tile = 0 }: ShownPlace,
    { settings: wanted, epoch }: ViewOptions,
    options: WorkOptions,
  ): Promise<SampleView | undefined> {
    const retained = this.use(key, files, epoch !== undefined);
    if (!retained) return undefined;
    const images = requireFraming(loaded, retained.config);
    const pictures = picturesOfImage(images.samples, image);
    const index = pictures[tile];
    if (index === undefined) throw noImages();
    const settings = wanted ?? retained.config;
    const scorer = scorerOf(retained, images, settings);
    const past = epoch === undefined || retained.past === 'not-sent' ? undefined : retained.past;
    const heldAt = (picture: number): HeldView | undefined =>
      epoch === undefined ? undefined : past?.nearest(images, picture, epoch, retained);
    const held = heldAt(index);
    retained.viewing += 1;
    try {
      if (held) {
        const scoring = scorer.runScorer.ofOrRaw(settings, held.statistics);
        return sampleView(images, index, (picture) => heldAt(picture)?.reconstruction, scoring);
      }
      const all = await reconstruct(retained.model, images, pictures);
      const calibrated = await calibrate(retained, scorer, settings, options);
      const length = all.length / pictures.length;
      const { epoch: last, step } = retained;
      const reconstructionAt = (picture: number): Reconstruction => {
        const row = picture - pictures[0]!;
        return { pixels: all.subarray(row * length, (row + 1) * length), epoch: last, step };
      };
      return sampleView(images, index, reconstructionAt, calibrated);
    } finally {
      retained.viewing -= 1;
      release(retained);
    }
  }

  /**
   * All test images through a model, or as a held past evaluation reconstructed them.
   * @param wanted the epoch, undefined for the last weights; and the steps that are not needed again
   * @returns undefined as `view`
   * @throws ResiduaError as `view`; `cancelled`
   */
  async reconstructions(
    key: string,
    files: ExportedRun | undefined,
    loaded: ImageSet | undefined,
    { epoch, knownSteps }: { readonly epoch: number | undefined; readonly knownSteps: readonly number[] },
    options: WorkOptions,
  ): Promise<RetainedReconstructions | undefined> {
    const retained = this.use(key, files, epoch !== undefined);
    if (!retained) return undefined;
    const images = requireFraming(loaded, retained.config);
    const past =
      epoch === undefined || retained.past === 'not-sent'
        ? undefined
        : retained.past?.allNearest(images, epoch, retained);
    const at = past ?? retained;
    const place = { epoch: at.epoch, step: at.step };
    if (knownSteps.includes(at.step)) return { ...place, held: undefined };
    if (past) return { ...place, held: { indices: past.indices, pixels: past.pixels.slice() } };
    retained.viewing += 1;
    try {
      return { ...place, held: await reconstructTest(retained, images, options) };
    } finally {
      retained.viewing -= 1;
      release(retained);
    }
  }

  /** Frees all models, each once it has no view in progress. */
  dispose(): void {
    for (const key of [...this.models.keys()]) this.drop(key);
  }

  /**
   * A model that is used now, added from its files if they are given; undefined if it, or its past epochs, are missing.
   * @throws ResiduaError `import-invalid` if the files are no run
   */
  private use(key: string, files: ExportedRun | undefined, needsPast: boolean): RetainedModel | undefined {
    if (files) this.add(key, files, needsPast);
    const retained = this.models.get(key);
    if (!retained || (needsPast && retained.past === 'not-sent')) return undefined;
    this.models.delete(key);
    this.models.set(key, retained);
    return retained;
  }

  /**
   * Adds a model, and may drop the least recently used one.
   * @param withPast whether to read the past epochs of the files
   * @throws ResiduaError `import-invalid` if the weights do not fit the settings
   */
  private add(key: string, files: ExportedRun, withPast: boolean): void {
    const { config, weights, history } = parseRun(files);
    const past = withPast ? heldPast(files.past, history) : 'not-sent';
    const model = createAutoencoder({ ...config, initialValues: 'zero' });
    try {
      model.setWeights(weights);
    } catch (error) {
      model.dispose();
      throw error;
    }
    this.drop(key);
    const step = history.steps.at(-1)?.step ?? 0;
    const evaluated = history.evaluations.at(-1);
    const perEpoch = stepsPerEpochOf(StepHistory.of(history.steps));
    const epoch =
      evaluated?.step === step ? evaluated.epoch : Math.floor(perEpoch === undefined ? 0 : step / perEpoch);
    this.models.set(key, {
      model,
      config,
      past,
      scorer: undefined,
      epoch,
      step,
      viewing: 0,
      dropped: false,
    });
    const [oldest] = this.models.keys();
    if (this.models.size > mostModels && oldest !== undefined) this.drop(oldest);
  }

  private drop(key: string): void {
    const retained = this.models.get(key);
    if (!retained) return;
    this.models.delete(key);
    retained.dropped = true;
    release(retained);
  }
}
