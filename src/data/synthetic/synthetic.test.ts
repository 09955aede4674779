import { describe, expect, it } from 'vitest';
import { renderSample } from './render-sample.ts';
import { sampleCategory } from './sample-category.ts';
import { samplePlan } from './sample-plan.ts';

const firstOf = (defect: string | undefined): number =>
  samplePlan.findIndex((sample) => sample.defect === defect);

const meanDifference = (a: Uint8Array, b: Uint8Array): number =>
  a.reduce((sum, value, index) => sum + Math.abs(value - b[index]), 0) / a.length;

describe('the sample category', () => {
  it('has 64 training images, 16 good test images and 8 of each of four defects with masks', () => {
    const { samples } = sampleCategory();
    const count = (split: string, defectType: string): number =>
      samples.filter((sample) => sample.split === split && sample.defectType === defectType).length;
    expect(samples).toHaveLength(112);
    expect(
      ['good', 'colour_shift', 'missing_screw', 'scratch', 'spot'].map((type) => count('test', type)),
    ).toEqual([16, 8, 8, 8, 8]);
    expect(count('train', 'good')).toBe(64);
    expect(samples.every(({ anomalous, maskPath }) => anomalous === (maskPath !== undefined))).toBe(true);
    expect(new Set(samples.map(({ path }) => path)).size).toBe(112);
  });

  it('is the same for the same seed, and another for another', () => {
    const bytesOf = (seed: number): Buffer => Buffer.from(renderSample(seed, 5).image.pixels);
    const first = bytesOf(3);
    expect(bytesOf(4).equals(first)).toBe(false);
    // The other seed came between: nothing of it may remain.
    expect(bytesOf(3).equals(first)).toBe(true);
  });

  it('varies from image to image, but little', () => {
    const difference = meanDifference(renderSample(1, 0).image.pixels, renderSample(1, 1).image.pixels);
    expect(difference).toBeGreaterThan(1);
    expect(difference).toBeLessThan(12);
  });

  it('has no mask where it is good', () => {
    expect(renderSample(1, firstOf(undefined)).mask).toBeUndefined();
  });

  it.each(['colour_shift', 'missing_screw', 'scratch', 'spot'])(
    'masks of %s cover all that differs from a flawless part, visibly, and little of the image',
    (defect) => {
      for (let number = 0; number < 8; number++) {
        const index = firstOf(defect) + number;
        const { image, mask } = renderSample(1, index);
        const { image: flawless } = renderSample(1, index, { defects: false });
        const marked = mask?.pixels ?? new Uint8Array();
        let markedCount = 0;
        let markedChange = 0;
        let changedOutside = 0;
        for (let pixel = 0; pixel < marked.length; pixel++) {
          let change = 0;
          for (let value = pixel * 3; value < pixel * 3 + 3; value++) {
            change = Math.max(change, Math.abs(image.pixels[value] - flawless.pixels[value]));
          }
          markedCount += marked[pixel];
          markedChange += marked[pixel] * change;
          if (marked[pixel] === 0 && change > 0) changedOutside++;
        }
        expect(changedOutside, `${defect} ${number}`).toBe(0);
        expect(markedChange / markedCount, `${defect} ${number}`).toBeGreaterThan(20);
        expect(markedCount / marked.length, `${defect} ${number}`).toBeLessThan(0.03);
      }
    },
    30_000,
  );
});
