/** A run that residua_torch.py can verify and repeat: real images, test weights, and bundles as the app writes them. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { finishedReport } from '#core/bundle/testing/finished-report.ts';
import { textParts } from '#core/bundle/text-parts.ts';
import type { BundlePart } from '#core/bundle/zip-parts.ts';
import { calibrate } from '#core/calibration/calibration.ts';
import type { ResidualStatistics } from '#core/calibration/residual-statistics.ts';
import { createStatisticsLearner } from '#core/calibration/statistics-learner.ts';
import type { RunConfig } from '#core/config.ts';
import type { ImageSet } from '#core/dataset.ts';
import { evaluationSettingsOf } from '#core/evaluation-settings.ts';
import { frequencyWeight } from '#core/frequency-weight/frequency-weight.ts';
import { imageBytes } from '#core/image-bytes.ts';
import { goodQuantileThreshold } from '#core/metrics/threshold.ts';
import { presets } from '#core/presets.ts';
import { createScorer } from '#core/scores/create-scorer.ts';
import { usesCalibration } from '#core/scores/score-names.ts';
import { createScoreScratch } from '#core/scores/score-scratch.ts';
import type { Scorer } from '#core/scores/scorer.ts';
import { meanMagnitude } from '#core/spectrum/mean-magnitude.ts';
import { imageOfPicture, imagesOf, picturesOfImage } from '#core/tiles.ts';
import { type TrainingSplit, trainingSplit } from '#core/training-split.ts';
import { goldenWeights } from '#testing/golden-model.ts';
import { longImages, type RenderedImage, renderedImages, renderedSet } from '#testing/rendered-images.ts';
import { encodePng } from '../bundle/encode-png.ts';
import type { Example } from '../bundle/example-parts.ts';
import { binaryParts } from '../bundle/part-writers.ts';
import { exportRun } from '../export-run.ts';
import type { SavedRun } from '../run-files.ts';

export const side = 32;
export const config: RunConfig = { ...presets.quickLook, side, holdOutPercent: 25, epochs: 4, seed: 5 };

/** Images as files, and as the pictures of a run. */
export interface RunImages {
  readonly rendered: readonly RenderedImage[];
  readonly images: ImageSet;
  readonly split: TrainingSplit;
  /** Pictures of the test images. */
  readonly tested: readonly number[];
  /** The settings of a run with these pictures. */
  readonly config: RunConfig;
}

const runImages = (rendered: readonly RenderedImage[], own: RunConfig): RunImages => {
  const images = renderedSet(rendered, side, own.fit);
  return {
    rendered,
    images,
    split: trainingSplit(images.samples, own),
    tested: images.samples.flatMap(({ split }, index) => (split === 'test' ? [index] : [])),
    config: own,
  };
};

export const squareImages = runImages(renderedImages(), config);
/** Three tiles each. */
export const tiledImages = runImages(longImages(), { ...config, fit: 'tiles' });

const weights = goldenWeights(side, config.width);

export const writeParts = (folder: string, parts: readonly BundlePart[]): void => {
  for (const { name, bytes } of parts) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), bytes);
  }
};

/** Writes the images as files, in the layout of MVTec AD. */
export const writeImages = (folder: string, { rendered } = squareImages): void =>
  writeParts(
    folder,
    rendered.map(({ path, image: { pixels, width } }) => ({ name: path, bytes: encodePng(pixels, width) })),
  );

/** The reconstructions of all pictures, by tfjs on the processor. */
export const reconstructAll = async ({ images }: RunImages): Promise<readonly Float32Array[]> => {
  const files = exportRun({
    config,
    categoryName: 'part',
    history: { steps: [], evaluations: [], spectra: [] },
    weights,
  });
  const model = JSON.parse(files.modelJson);
  await tf.setBackend('cpu');
  const loaded = await tf.loadLayersModel(
    tf.io.fromMemory({
      modelTopology: model.modelTopology,
      weightSpecs: model.weightsManifest[0].weights,
      weightData: files.weights,
    }),
  );
  const all = Float32Array.from(images.pixels, (byte) => byte / 255);
  const count = images.samples.length;
  const output = loaded.predict(tf.tensor4d(all, [count, side, side, 3])) as tf.Tensor;
  const values = (await output.data()) as Float32Array;
  const length = values.length / count;
  return Array.from({ length: count }, (_, at) => values.slice(at * length, (at + 1) * length));
};

/** Writes bundles as the app does, with scores by the app's own code. */
export class TorchBundles {
  constructor(
    private readonly run: RunImages,
    private readonly reconstructions: readonly Float32Array[],
  ) {}

  private pairOf(index: number) {
    return {
      input: imageBytes(this.run.images, index),
      reconstruction: this.reconstructions[index]!,
    } as const;
  }

  private learn(own: RunConfig): ResidualStatistics {
    const learner = createStatisticsLearner(own, createScoreScratch(side));
    for (const index of this.run.split.trainedGood) {
      const { input, reconstruction } = this.pairOf(index);
      learner.add(input, reconstruction);
    }
    return learner.finish();
  }

  /** The scores of the images that some pictures are of: the largest of each. */
  private scoresOf(pictures: readonly number[], scorer: Scorer): Float64Array {
    const { samples } = this.run.images;
    const images = new Set(pictures.map((picture) => imageOfPicture(samples, picture)));
    return Float64Array.from(images, (image) =>
      Math.max(
        ...picturesOfImage(samples, image).map((picture) => {
          const { input, reconstruction } = this.pairOf(picture);
          return scorer.scoreOnly(input, reconstruction).score;
        }),
      ),
    );
  }

  /** The test images, with their files or with their pictures only. */
  private examplesOf(kind: 'files' | 'pictures'): readonly Example[] {
    const { rendered, images } = this.run;
    return rendered.flatMap(({ path, split, image: { pixels, width } }, image): readonly Example[] => {
      if (split !== 'test') return [];
      const pairs = picturesOfImage(images.samples, image).map((index) => this.pairOf(index));
      return [
        {
          path,
          file: kind === 'files' ? encodePng(pixels, width) : undefined,
          pixels: Uint8Array.from(pairs.flatMap(({ input }) => [...input])),
          reconstruction: Float32Array.from(pairs.flatMap(({ reconstruction }) => [...reconstruction])),
        },
      ];
    });
  }

  /**
   * @param change settings in place of those of the run
   * @param withImages the test images to put into it; none by default
   */
  async of(change: Partial<RunConfig>, withImages?: 'files' | 'pictures'): Promise<readonly BundlePart[]> {
    const { images, split, tested } = this.run;
    const own = { ...this.run.config, ...change };
    const statistics = usesCalibration(own) ? this.learn(own) : undefined;
    const adaptive = own.weight.startsWith('adaptive')
      ? meanMagnitude(
          split.trained.map((index) => imageBytes(images, index)),
          side,
        )
      : undefined;
    const weight = frequencyWeight(own, side, side, adaptive);
    const scorer = createScorer(side, own, {
      weight,
      calibration: statistics && calibrate(statistics, own.calibrationPooling),
    });
    const scores = this.scoresOf(tested, scorer);
    const heldOut = this.scoresOf(split.heldOut, scorer);
    const fitted = goodQuantileThreshold(heldOut, 0.95);
    const threshold = {
      threshold: fitted.defined ? fitted.value : Number.NaN,
      policy: 'good-quantile',
      quantile: 0.95,
      fittedOn: 'held-out images',
      images: heldOut.length,
    } as const;
    const evaluation = {
      epoch: 4,
      step: 8,
      scores,
      imageAuroc: { defined: true, value: 0.5 },
      residualScale: 1,
      residualDcShare: 0,
      ...evaluationSettingsOf(own),
      elapsedMs: 1,
    } as const;
    const steps = [{ step: 8, epoch: 4, loss: 1 }];
    const evaluations = [{ ...evaluation, scores: Array.from(scores) }];
    const report = finishedReport({
      config: own,
      steps,
      evaluations,
      categoryName: 'part',
      samples: imagesOf(images.samples),
    });
    const texts = textParts({ ...report, baselines: undefined, contentHashes: new Map(), threshold });
    const run: SavedRun = {
      config: own,
      categoryName: 'part',
      history: { steps, evaluations: [evaluation], spectra: [] },
      weights,
      threshold,
    };
    const encoder = new TextEncoder();
    return [
      ...Array.from(texts, ([name, text]) => ({ name, bytes: encoder.encode(text) })),
      ...(await binaryParts({
        run,
        remarks: {},
        statistics,
        weight,
        past: undefined,
        examples: withImages ? this.examplesOf(withImages) : [],
      })),
    ];
  }
}
