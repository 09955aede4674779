// Runs in browsers because it needs their workers; needs no GPU.
import { describe, expect, it } from 'vitest';
import { presets } from '#core/presets.ts';
import { trainingSplit } from '#core/training-split.ts';
import { goldenImageSet } from '#testing/golden-images.ts';
import { ReferenceScores } from '#training/baselines/reference-scores.ts';
import { createBaselinesClient } from './baselines-client.ts';

const side = 128;
const config = { ...presets.recommended, side } as const;
const images = goldenImageSet(side, 24, 8);

/** The images in the page's memory, shared if the page may share memory. */
const sharedImages = () => {
  const pixels = new Uint8Array(new SharedArrayBuffer(images.pixels.length));
  pixels.set(images.pixels);
  return { ...images, pixels };
};

describe('the baselines workers', () => {
  it('return the same with a second thread, and can be canceled', async () => {
    expect(globalThis.crossOriginIsolated).toBe(true);
    const alone = await new ReferenceScores(images).evaluate(
      config,
      trainingSplit(images.samples, config).trainedGood,
    );
    const client = createBaselinesClient();
    await client.load(sharedImages());
    expect(await client.references(config)).toEqual(alone);
    const abort = new AbortController();
    const called = client.references({ ...config, bandLow: 2 }, { signal: abort.signal });
    abort.abort();
    await expect(called).rejects.toMatchObject({ code: 'cancelled' });
    expect(await client.references(config)).toEqual(alone);
  });
});
