import { describe, expect, it } from 'vitest';
import { imagesUsed, imagesUsedInWords } from './images-used.ts';

const images = (split: 'train' | 'test', anomalous: boolean, count: number) =>
  Array.from({ length: count }, () => ({ split, anomalous }));
const bottle = [...images('train', false, 209), ...images('test', false, 20), ...images('test', true, 63)];

describe('the images of a run', () => {
  it('are counted by use', () => {
    const used = imagesUsed(bottle, { holdOutPercent: 10, seed: 0 });
    expect(used).toEqual({
      train: 209,
      trained: 188,
      heldOut: 21,
      test: 83,
      testGood: 20,
      testAnomalous: 63,
    });
    expect(imagesUsedInWords(used)).toBe(
      '83 test images: 20 good, 63 anomalous; trained on 188 of 209 training images, 21 held out',
    );
  });

  it('are all trained on if none is held out, and may lack test images', () => {
    expect(imagesUsedInWords(imagesUsed(images('train', false, 1), { holdOutPercent: 50, seed: 0 }))).toBe(
      'no test images; trained on all 1 training image',
    );
  });
});
