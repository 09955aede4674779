/** Trained models beside the run: images are looked at through them, and nothing of the run changes. */

import type { ResidualStatistics } from '#core/calibration/residual-statistics.ts';
import type { RunConfig } from '#core/config.ts';
import type { ImageSet } from '#core/dataset.ts';
import type { SampleView } from '#core/history.ts';
import { usesCalibration } from '#core/scores/score-names.ts';
import type { Scorer } from '#core/scores/scorer.ts';
import { trainingSplit } from '#core/training-split.ts';
import { readValues } from '#engine/webgpu/readback.ts';
import { submitRecorded } from '#engine/webgpu/submission.ts';
import type { SavedRun } from '#io/run-files.ts';
import { type Autoencoder, createAutoencoder } from '#model/autoencoder.ts';
import { calibrationIndices, learnStatistics } from '#training/calibration-pass.ts';
import { imageBatch } from '#training/image-tensors.ts';
import { RunScorer } from '#training/run-scorer.ts';
import { sampleView } from '#training/sample-view.ts';
import { untold } from '#training/yield-point.ts';

/** A model with its weights is as large as the run's own: a comparison needs a few at once. */
const mostModels = 4;

/** Images that pass through a guest at once: little memory beside that of the run. */
const largestPart = 8;

interface Guest {
  readonly model: Autoencoder;
  readonly config: RunConfig;
  /** Made for the images that it was last used on: a calibrated residual takes a pass over the good training images. */
  scorer: { readonly images: ImageSet; readonly made: Promise<Scorer> } | undefined;
  readonly epoch: number;
  readonly step: number;
  /** Views under way: the model is not freed before they are done. */
  viewing: number;
  dropped: boolean;
}

const release = (guest: Guest): void => {
  if (guest.dropped && guest.viewing === 0) guest.model.dispose();
};

/** Images through a model, [n, S, S, 3] in [0, 1], with the batch-norm statistics that came with its weights. */
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

/** What a guest's reconstructions of good training images leave over. */
const learn = (
  { model, config }: Guest,
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
    untold,
  );
};

/** The scorer of a guest's own settings. */
const scorerOf = (guest: Guest, images: ImageSet): Promise<Scorer> => {
  if (guest.scorer?.images === images) return guest.scorer.made;
  const scorer = new RunScorer(images, guest.config);
  const make = async (): Promise<Scorer> => {
    const statistics = usesCalibration(guest.config) ? await learn(guest, images, scorer) : undefined;
    return scorer.of(guest.config, statistics);
  };
  const made = make();
  guest.scorer = { images, made };
  made.catch(() => {
    if (guest.scorer?.made === made) guest.scorer = undefined;
  });
  return made;
};

/** The last few models that were looked through, by key. Owns their tensors until `dispose`. */
export class GuestModels {
  /** In the order of their last use. */
  private readonly guests = new Map<string, Guest>();

  /** Settings of the model with this key; undefined where it is not here. */
  configOf(key: string): RunConfig | undefined {
    return this.guests.get(key)?.config;
  }

  /**
   * Takes a model in; the one that was used longest ago may have to go.
   * @throws ResiduaError `import-invalid` where the weights do not fit the settings
   */
  add(key: string, { config, weights, history }: SavedRun): void {
    const model = createAutoencoder({ ...config, initialValues: 'zero' });
    try {
      model.setWeights(weights);
    } catch (error) {
      model.dispose();
      throw error;
    }
    this.drop(key);
    const { epoch = 0, step = 0 } = history.steps.at(-1) ?? {};
    this.guests.set(key, {
      model,
      config,
      scorer: undefined,
      epoch,
      step,
      viewing: 0,
      dropped: false,
    });
    const [oldest] = this.guests.keys();
    if (this.guests.size > mostModels && oldest !== undefined) this.drop(oldest);
  }

  /**
   * One image through a model, with the batch-norm statistics that came with its weights.
   * @param images at the side of that model's settings
   */
  async view(key: string, images: ImageSet, index: number): Promise<SampleView | undefined> {
    const guest = this.guests.get(key);
    if (!guest) return undefined;
    this.guests.delete(key);
    this.guests.set(key, guest);
    guest.viewing += 1;
    try {
      const pixels = await reconstruct(guest.model, images, [index]);
      const { epoch, step } = guest;
      return sampleView(images, index, { pixels, epoch, step }, await scorerOf(guest, images));
    } finally {
      guest.viewing -= 1;
      release(guest);
    }
  }

  /** Frees all models, once no view of them is under way. */
  dispose(): void {
    for (const key of [...this.guests.keys()]) this.drop(key);
  }

  private drop(key: string): void {
    const guest = this.guests.get(key);
    if (!guest) return;
    this.guests.delete(key);
    guest.dropped = true;
    release(guest);
  }
}
