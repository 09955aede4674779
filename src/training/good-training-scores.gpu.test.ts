import { expect, it } from 'vitest';
import { presets, type RunConfig } from '#core/config.ts';
import { evaluationSettingsOf } from '#core/evaluation-settings.ts';
import { createScorer } from '#core/scores/scorer.ts';
import { describeBackends } from '#testing/gpu.ts';
import { tinyImages } from '#testing/tiny-images.ts';
import { AutoencoderRun } from './autoencoder-run.ts';
import { imageBytes } from './image-tensors.ts';

const config: RunConfig = { ...presets.quickLook, side: 32, width: 0.25, batch: 4, learningRate: 3e-3 };
const images = tinyImages(32, 6, 3);
const goesOn = { mayGoOn: () => true, onProgress: () => undefined };

describeBackends('the scores of the good training images', () => {
  for (const batchNorm of ['recalibrated', 'running'] as const) {
    it(`belong to the last evaluation, by ${batchNorm} batch norm, and leave later weights alone`, async () => {
      const settings = { ...evaluationSettingsOf(presets.recommended), batchNorm };
      const run = new AutoencoderRun(images, config);
      run.step();
      run.step();
      // The evaluation itself reconstructs the training image that is shown: the scores below have to be its.
      run.shown = 3;
      await run.evaluate(settings);
      run.keepState();
      const { reconstruction, score } = run.scored.view(3).output!;
      expect(score).toBe(createScorer(32, settings).score(imageBytes(images, 3), reconstruction).score);
      const atOnce = await run.scoreGoodTraining(settings, goesOn);
      expect(atOnce).toHaveLength(6);
      // The image stands in another row of another batch: float32 rounding of sums may differ.
      expect(Math.abs(atOnce![3]! / score - 1)).toBeLessThan(1e-4);

      run.step();
      await run.takeLosses();
      const later = await run.readWeights();
      expect(await run.scoreGoodTraining(settings, goesOn)).toEqual(atOnce);
      expect(await run.readWeights()).toEqual(later);
      run.dispose();
    });
  }
});
