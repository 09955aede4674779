import { describe, expect, it } from 'vitest';
import { imageFloats } from '#core/image-bytes.ts';
import { presets } from '#core/presets.ts';
import { radialPower } from '#core/spectrum/radial-power.ts';
import { tinyImages } from '#testing/tiny-images.ts';
import { RunScorer } from './run-scorer.ts';
import { sampleView, viewBuffers } from './sample-view.ts';

const side = 32;
const images = tinyImages(side, 1, 1);
const config = { ...presets.paper, side } as const;

describe('the view of a sample', async () => {
  const scorer = new RunScorer(images, config);
  await scorer.prepare(config);
  const pixels = imageFloats(images, 1).map((value) => 0.5 * value);
  const view = sampleView(images, 1, () => ({ pixels, epoch: 2, step: 8 }), scorer.of(config));

  it('has the radial power of the image, and that of its residual, whatever the band of the score', () => {
    const input = Float32Array.from(radialPower(imageFloats(images, 1), side));
    expect(view.inputPower).toEqual(input);
    // The residual is half the image in each pixel, an exact number: a quarter of the power at every radius.
    expect(view.output?.residualPower).toEqual(input.map((power) => power / 4));
    const bandPassed = { ...config, bandLow: 4 };
    const other = sampleView(images, 1, () => ({ pixels, epoch: 2, step: 8 }), scorer.of(bandPassed));
    expect(other.output?.residualPower).toEqual(view.output?.residualPower);
  });

  it('transfers every array once', () => {
    const arrays = [...Object.values(view), ...Object.values(view.output ?? {})].filter(ArrayBuffer.isView);
    expect(new Set(viewBuffers(view))).toEqual(new Set(arrays.map(({ buffer }) => buffer)));
    expect(viewBuffers(view)).toHaveLength(arrays.length);
  });
});
