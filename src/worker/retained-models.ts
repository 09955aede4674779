/** Trained models beside the run, to inspect images with them without changing the run. */

import type { ResidualStatistics } from '#core/calibration/residual-statistics.ts';
import type { RunConfig } from '#core/config.ts';
import type { ImageSet } from '#core/dataset.ts';
import type { ExportedRun } from '#core/exported-run.ts';
import type { SampleView } from '#core/history.ts';
import { usesCalibration } from '#core/scores/score-names.ts';
import type { Scorer } from '#core/scores/scorer.ts';
import { trainingSplit } from '#core/training-split.ts';
import { readValues } from '#engine/webgpu/readback.ts';
import { submitRecorded } from '#engine/webgpu/submission.ts';
import { parseRun } from '#io/parse-run.ts';
import type { SavedRun } from '#io/run-files.ts';
import { type Autoencoder, createAutoencoder } from '#model/autoencoder.ts';
import { calibrationIndices, learnStatistics } from '#training/calibration-pass.ts';
import { imageBatch } from '#training/image-tensors.ts';
import { RunScorer } from '#training/run-scorer.ts';
import { sampleView } from '#training/sample-view.ts';
import { noImages, requireSide } from './session-errors.ts';

/** Each model can be as large as the present run's, and a comparison needs a few at once. */
const mostModels = 4;

/** Images that pass through a retained model at once: little memory compared with the run. */
const largestPart = 8;

interface RetainedModel {
  readonly model: Autoencoder;
  readonly config: RunConfig;
  /** Cached for the images of its last use, because a calibrated residual needs a pass over the good training images. */
  scorer: { readonly images: ImageSet; readonly made: Promise<Scorer> } | undefined;
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

/** Statistics of the residual of good training images by this model. */
const learn = (
  { model, config }: RetainedModel,
  images: ImageSet,
  { scratch }: RunScorer,
): Promise<ResidualStatistics> => {
  const length = images.side * images.side * 3;
  return learnStatistics(
    images,
    calibrationIndices(images, trainingSplit(images.samples, config).trained),
    Math.min(config.batch, largestPart),
    config,
    scratch,
    async (part) => {
      const pixels = await reconstruct(model, images, part);
      return new Map(
        part.map((index, row) => [index, { pixels: pixels.subarray(row * length, (row + 1) * length) }]),
      );
    },
    {},
  );
};

/** The scorer with the settings of a retained run. */
const scorerOf = (retained: RetainedModel, images: ImageSet): Promise<Scorer> => {
  if (retained.scorer?.images === images) return retained.scorer.made;
  const scorer = new RunScorer(images, retained.config);
  const make = async (): Promise<Scorer> => {
    const statistics = usesCalibration(retained.config) ? await learn(retained, images, scorer) : undefined;
    return scorer.of(retained.config, statistics);
  };
  const made = make();
  retained.scorer = { images, made };
  made.catch(() => {
    if (retained.scorer?.made === made) retained.scorer = undefined;
  });
  return made;
};

/** The last few inspected models, by key. Owns their tensors until `dispose`. */
export class RetainedModels {
  /** In the order of their last use. */
  private readonly models = new Map<string, RetainedModel>();

  /**
   * One image through a model, scored with the settings of its run, with the batch-norm statistics that came
   * with its weights.
   * @param files of the run, if the model may not be loaded
   * @returns undefined if the model is not loaded and no files are given
   * @throws ResiduaError `import-invalid` if the files are no run, `config-invalid` if its side is not the images'
   */
  async view(
    key: string,
    files: ExportedRun | undefined,
    loaded: ImageSet | undefined,
    index: number,
  ): Promise<SampleView | undefined> {
    if (files) this.add(key, parseRun(files));
    const retained = this.models.get(key);
    if (!retained) return undefined;
    const images = requireSide(loaded, retained.config.side);
    if (!images.samples[index]) throw noImages();
    this.models.delete(key);
    this.models.set(key, retained);
    retained.viewing += 1;
    try {
      const pixels = await reconstruct(retained.model, images, [index]);
      const { epoch, step } = retained;
      return sampleView(images, index, { pixels, epoch, step }, await scorerOf(retained, images));
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
   * Adds a model, and may drop the least recently used one.
   * @throws ResiduaError `import-invalid` if the weights do not fit the settings
   */
  private add(key: string, { config, weights, history }: SavedRun): void {
    const model = createAutoencoder({ ...config, initialValues: 'zero' });
    try {
      model.setWeights(weights);
    } catch (error) {
      model.dispose();
      throw error;
    }
    this.drop(key);
    const { epoch = 0, step = 0 } = history.steps.at(-1) ?? {};
    this.models.set(key, {
      model,
      config,
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
