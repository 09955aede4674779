/** The sample category without a network: the figures that a trained network has to beat. */
import { describe, expect, it } from 'vitest';
import type { ImageSet } from '#core/dataset.ts';
import type { Metric } from '#core/history.ts';
import { presets } from '#core/presets.ts';
import { ReferenceScores } from '#training/baselines/reference-scores.ts';
import { StatisticTable } from '#training/baselines/statistic-table.ts';
import { resizeRgb } from '../resize/resize-rgb.ts';
import { renderSample } from './render-sample.ts';
import { sampleCategory } from './sample-category.ts';

const { name, samples } = sampleCategory();
const rendered = samples.map((_, index) => renderSample(1, index).image);
const goodIndices = samples.flatMap(({ split }, index) => (split === 'train' ? [index] : []));

const imagesAt = (side: number): ImageSet => {
  const pixels = new Uint8Array(samples.length * side * side * 3);
  for (const [index, image] of rendered.entries())
    pixels.set(resizeRgb(image, side), index * side * side * 3);
  const infos = samples.map(({ path, split, defectType, anomalous }, index) => {
    const { width, height } = rendered[index];
    return { path, split, defectType, anomalous, hasMask: false, width, height };
  });
  return { name, side, fit: 'squeeze', samples: infos, pixels, masks: new Uint8Array() };
};

const aurocOf = (auroc: Metric): number => {
  if (!auroc.defined) throw new Error(auroc.reason);
  return auroc.value;
};

describe.each([32, 64, 128] as const)('the sample category at side %i', (side) => {
  const images = imagesAt(side);

  it('is not separated by an image statistic, in either direction', async () => {
    for (const { name, imageAuroc, deviation } of await new StatisticTable(images).evaluate(goodIndices)) {
      if (!deviation.defined) throw new Error(deviation.reason);
      expect(aurocOf(imageAuroc), name).toBeLessThanOrEqual(0.85);
      expect(aurocOf(imageAuroc), name).toBeGreaterThanOrEqual(0.15);
      expect(aurocOf(deviation.imageAuroc), name).toBeLessThanOrEqual(0.85);
    }
  }, 30_000);

  it('is not separated by the mean good image or the variation model', async () => {
    const config = { ...presets.quickLook, side };
    const references = await new ReferenceScores(images).evaluate(config, goodIndices);
    if (!references.defined) throw new Error(references.reason);
    expect(aurocOf(references.meanImage.imageAuroc)).toBeLessThanOrEqual(0.85);
    expect(aurocOf(references.variationModel.imageAuroc)).toBeLessThanOrEqual(0.85);
  }, 30_000);
});
