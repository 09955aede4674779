/** Runs on images from which there is nothing to learn: losses, scores and metrics are defined. */
import { expect, it } from 'vitest';
import type { RunConfig } from '#core/config.ts';
import type { ImageSet } from '#core/dataset.ts';
import { evaluationSettingsOf } from '#core/evaluation-settings.ts';
import { presets } from '#core/presets.ts';
import { scoreNames } from '#core/scores/score-names.ts';
import { describeBackends } from '#testing/gpu.ts';
import { tinyImages } from '#testing/tiny-images.ts';
import { AutoencoderRun } from './autoencoder-run.ts';

const side = 32;
const imageBytes = side * side * 3;

const config: RunConfig = { ...presets.quickLook, batch: 8, epochs: 2, evaluateEvery: 1, holdOutPercent: 0 };

/** The same samples with the pixel values that a function gives to each image. */
const constant = (train: number, test: number, levelOf: (image: number) => number): ImageSet => {
  const images = tinyImages(side, train, test);
  return { ...images, pixels: images.pixels.map((_, at) => levelOf(Math.floor(at / imageBytes))) };
};

const cases: readonly (readonly [string, ImageSet, RunConfig])[] = [
  ['an all-black category', constant(8, 4, () => 0), config],
  ['an all-white category', constant(8, 4, () => 255), config],
  ['constant images of different brightness', constant(8, 4, (image) => 20 * image), config],
  ['one training image', tinyImages(side, 1, 2), { ...config, holdOutPercent: 10 }],
  ['one image in micro-batches', tinyImages(side, 1, 2), { ...config, microBatch: 1 }],
  ['a batch larger than the set', tinyImages(side, 3, 4), { ...config, batch: 512 }],
  ['an all-black category with the loss SSIM', constant(8, 4, () => 0), { ...config, loss: 'ssim' }],
  [
    'an all-black category with the focal loss',
    constant(8, 4, () => 0),
    { ...config, loss: 'focal-frequency', focalAlpha: 4 },
  ],
  [
    'black images and a weight that adapts to them',
    constant(8, 4, () => 0),
    { ...config, weight: 'adaptive-dataset', weightGamma: 2 },
  ],
];

describeBackends('a run', () => {
  it.each(cases)('on %s has finite losses and scores', async (_, images, given) => {
    const run = new AutoencoderRun(images, given, Math.min(given.batch, given.microBatch || given.batch));
    expect(run.stepsPerEpoch).toBe(1);
    for (let step = 0; step < 3; step++) run.step();
    const reports = await run.takeLosses();
    expect(reports.every(({ loss, refused }) => Number.isFinite(loss) && !refused)).toBe(true);
    const settings = evaluationSettingsOf(given);
    const { scores: own } = await run.evaluate(settings);
    expect(own.every(Number.isFinite), own.join(', ')).toBe(true);
    // Every score reduces the same reconstructions, so the network runs once.
    for (const residual of ['raw', 'calibrated'] as const) {
      for (const score of scoreNames) {
        const rescored = await run.rescore({ ...settings, residual, score });
        if (!rescored) throw new Error('The run holds no reconstructions.');
        const { scores, imageAuroc } = rescored;
        expect(scores.every(Number.isFinite), `${residual} ${score}: ${scores.join(', ')}`).toBe(true);
        expect(imageAuroc.defined).toBe(true);
      }
    }
    run.dispose();
  });

  it('on identical test images scores them alike: AUROC 0.5', async () => {
    const run = new AutoencoderRun(
      constant(8, 4, () => 90),
      config,
    );
    run.step();
    const { scores, imageAuroc } = await run.evaluate(evaluationSettingsOf(config));
    expect(new Set(scores).size).toBe(1);
    expect(imageAuroc).toEqual({ defined: true, value: 0.5 });
    run.dispose();
  });
});
