import { describe, expect, it, vi } from 'vitest';
import type { RunConfig } from '#core/config.ts';
import { cancelled } from '#core/errors.ts';
import { imageBytes, imageFloats } from '#core/image-bytes.ts';
import { presets } from '#core/presets.ts';
import { tinyImages } from '#testing/tiny-images.ts';
import { RunScorer } from './run-scorer.ts';

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
  it('are the same with and without yield points in the images’ spectrum', async () => {
    const prepared = new RunScorer(images, config);
    await prepared.prepare(config);
    expect(scoreBy(prepared)).toBe(scoreBy(new RunScorer(images, config)));
  });

  it('stop between two images if they are canceled', async () => {
    const { signal } = new AbortController();
    const asked = vi.spyOn(signal, 'throwIfAborted').mockImplementation(() => {
      if (asked.mock.calls.length === 2) throw cancelled();
    });
    const stopped = new RunScorer(images, config).prepare(config, signal);
    await expect(stopped).rejects.toMatchObject({ code: 'cancelled' });
    expect(asked).toHaveBeenCalledTimes(2);
  });
});
