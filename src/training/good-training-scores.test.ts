import { describe, expect, it } from 'vitest';
import type { ImageSet } from '#core/dataset.ts';
import { tinyImages } from '#testing/tiny-images.ts';
import { goodTrainingIndices, scoreInParts } from './good-training-scores.ts';
import { untold } from './in-turns.ts';

const images = tinyImages(32, 5, 2);
const pixels = new Float32Array(3);

/** Each image is "reconstructed" as its own index, and scores that. */
const reconstruct = async (part: readonly number[]) =>
  new Map(part.map((index) => [index, { pixels: Float32Array.of(index) }]));
const scorer = {
  score: (_: ArrayLike<number>, reconstruction: ArrayLike<number>) => ({
    score: reconstruction[0]!,
    map: pixels,
    meanEnergy: 0,
    energy: 1,
  }),
};
const parts = [[0, 1], [2, 3], [4]];

describe('the scores of the good training images', () => {
  it('are of good images of the training split only', () => {
    expect(goodTrainingIndices(images)).toEqual([0, 1, 2, 3, 4]);
    const odd: ImageSet = {
      ...images,
      samples: images.samples.map((sample, index) =>
        index === 1 ? { ...sample, defectType: 'square', anomalous: true } : sample,
      ),
    };
    expect(goodTrainingIndices(odd)).toEqual([0, 2, 3, 4]);
  });

  it('come in the order of the images, with their progress', async () => {
    const shares: number[] = [];
    const scores = await scoreInParts(images, parts, reconstruct, scorer, {
      mayGoOn: () => true,
      onProgress: (share) => shares.push(share),
    });
    expect(scores).toEqual(Float64Array.of(0, 1, 2, 3, 4));
    expect(shares).toEqual([0.4, 0.8, 1]);
  });

  it('are given up between two micro-batches where they are not wanted any more', async () => {
    const asked: (readonly number[])[] = [];
    const scores = scoreInParts(
      images,
      parts,
      (part) => {
        asked.push(part);
        return reconstruct(part);
      },
      scorer,
      { mayGoOn: () => asked.length < 2, onProgress: () => undefined },
    );
    await expect(scores).rejects.toMatchObject({ code: 'cancelled' });
    expect(asked).toEqual([
      [0, 1],
      [2, 3],
    ]);
  });

  it('refuse a reconstruction that is not finite, by the name of its image', async () => {
    const broken = async (part: readonly number[]) =>
      new Map(part.map((index) => [index, { pixels: Float32Array.of(index === 3 ? Number.NaN : 1) }]));
    await expect(scoreInParts(images, parts, broken, scorer, untold)).rejects.toThrow(
      images.samples[3]!.path,
    );
  });
});
