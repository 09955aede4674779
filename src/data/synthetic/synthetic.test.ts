import { describe, expect, it } from 'vitest';
import { defectTypes } from './defects.ts';
import { partScene } from './part-scene.ts';
import { renderSample } from './render-sample.ts';
import { sampleCategory } from './sample-category.ts';
import { samplePlan } from './sample-plan.ts';

const firstOf = (defect: string | undefined): number =>
  samplePlan.findIndex((sample) => sample.defect === defect);

describe('the sample category', () => {
  it('has 128 training images, 24 good test images and 8 of each of six defects with masks', () => {
    const { samples } = sampleCategory();
    const count = (split: string, defectType: string): number =>
      samples.filter((sample) => sample.split === split && sample.defectType === defectType).length;
    expect(samples).toHaveLength(200);
    expect(['good', ...defectTypes].map((type) => count('test', type))).toEqual([24, 8, 8, 8, 8, 8, 8]);
    expect(count('train', 'good')).toBe(128);
    expect(samples.every(({ anomalous, maskPath }) => anomalous === (maskPath !== undefined))).toBe(true);
    expect(new Set(samples.map(({ path }) => path)).size).toBe(200);
  });

  it('is the same for the same seed, and different for another', () => {
    const bytesOf = (seed: number): Buffer => Buffer.from(renderSample(seed, 5).image.pixels);
    const first = bytesOf(3);
    expect(bytesOf(4).equals(first)).toBe(false);
    // Another seed was used in between: it must leave no trace.
    expect(bytesOf(3).equals(first)).toBe(true);
  });

  it('appears in all four quarter turns', () => {
    const quarters = samplePlan.map((_, index) => {
      const { turnCosine, turnSine } = partScene(1, index);
      return Math.round(Math.atan2(turnSine, turnCosine) / (Math.PI / 2)) & 3;
    });
    expect(new Set(quarters).size).toBe(4);
  });

  it('has no mask if it is good', () => {
    expect(renderSample(1, firstOf(undefined)).mask).toBeUndefined();
  });

  it.each(defectTypes)(
    'masks of %s cover every difference from a flawless part, visibly, and little of the image',
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
