import { describe, expect, it } from 'vitest';
import type { RunConfig } from '#core/config.ts';
import { imageBytes, imageFloats } from '#core/image-bytes.ts';
import { presets } from '#core/presets.ts';
import { tinyImages } from '#testing/tiny-images.ts';
import { RunScorer } from './run-scorer.ts';
import { untold } from './yield-point.ts';

const images = tinyImages(32, 3, 2);
const config: RunConfig = {
  ...presets.recommended,
  side: 32,
  score: 'spectral',
  weight: 'adaptive-dataset',
};

const scoreBy = (scorer: RunScorer): number =>
  scorer.of(config).score(imageBytes(images, 3), imageFloats(images, 4)).score;

describe('the scorers of a run', () => {
  it('give the same whether the spectrum of the images was computed in turns or not', async () => {
    const prepared = new RunScorer(images, config);
    await prepared.prepare(config, untold);
    expect(scoreBy(prepared)).toBe(scoreBy(new RunScorer(images, config)));
  });

  it('stop between two images where they are not wanted any more', async () => {
    let asked = 0;
    const stopped = new RunScorer(images, config).prepare(config, {
      ...untold,
      mayGoOn: () => ++asked < 2,
    });
    await expect(stopped).rejects.toMatchObject({ code: 'cancelled' });
    expect(asked).toBe(2);
  });
});
