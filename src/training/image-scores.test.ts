import { describe, expect, it } from 'vitest';
import type { SampleInfo } from '#core/dataset.ts';
import { picturesOf } from '#core/tiles.ts';
import { ImageScores, largestOfImages } from './image-scores.ts';

const image = (width: number): SampleInfo => ({
  path: `${width}.png`,
  ...{ split: 'test', defectType: 'good', anomalous: false, hasMask: false, width, height: 10 },
});

/** Pictures 0, 1 to 3, 4. */
const samples = picturesOf([image(10), image(30), image(10)], 'tiles');

describe('the score of an image', () => {
  it('is the largest of its pictures, whatever their order', () => {
    const scores = new ImageScores(samples, [1, 2, 3, 4]);
    expect(scores.first).toEqual([1, 4]);
    for (const [picture, score] of [
      [3, -1],
      [4, 7],
      [2, 5],
      [1, 2],
    ] as const)
      scores.add(picture, score);
    expect([...scores.scores]).toEqual([5, 7]);
  });

  it('is the largest at each cut-off', () => {
    const scores = [
      [1, 9],
      [2, 1],
      [0, 8],
      [1, 3],
      [4, 4],
    ].map((values) => Float64Array.from(values));
    expect(largestOfImages(samples, [0, 1, 2, 3, 4], scores).map((values) => [...values])).toEqual([
      [1, 9],
      [2, 8],
      [4, 4],
    ]);
    expect([...scores[1]!]).toEqual([2, 1]);
  });
});
