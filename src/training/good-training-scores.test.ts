import { describe, expect, it, vi } from 'vitest';
import { trainingSplit } from '#core/training-split.ts';
import { tinyImages } from '#testing/tiny-images.ts';
import { goodTrainingIndices, scoreInParts } from './good-training-scores.ts';
import { canceledBefore, canceledWhen } from './testing/canceled-work.ts';

const images = tinyImages(32, 5, 2);
const pixels = new Float32Array(3);

/** "Reconstructs" each image as its index, which is also its score. */
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
    const samples = images.samples.map((sample, index) =>
      index === 1 ? { ...sample, defectType: 'square', anomalous: true } : sample,
    );
    const split = trainingSplit(samples, { holdOutPercent: 0, seed: 0 });
    expect(goodTrainingIndices(split)).toEqual([0, 2, 3, 4]);
  });

  it('are only of the held-out images, if there are any', () => {
    const split = trainingSplit(images.samples, { holdOutPercent: 40, seed: 0 });
    expect(split.heldOut).toHaveLength(2);
    expect(goodTrainingIndices(split)).toEqual(split.heldOut);
  });

  it('come in the order of the images, with their progress', async () => {
    const shares: number[] = [];
    const scores = await scoreInParts(images, parts, reconstruct, scorer, {
      onProgress: (share) => shares.push(share),
    });
    expect(scores).toEqual({ indices: [0, 1, 2, 3, 4], scores: Float64Array.of(0, 1, 2, 3, 4) });
    expect(shares).toEqual([0.4, 0.8, 1]);
  });

  it('are canceled between two micro-batches, or before the first', async () => {
    const asked: (readonly number[])[] = [];
    const scores = scoreInParts(
      images,
      parts,
      (part) => {
        asked.push(part);
        return reconstruct(part);
      },
      scorer,
      canceledWhen(() => asked.length === 2),
    );
    await expect(scores).rejects.toMatchObject({ code: 'cancelled' });
    expect(asked).toEqual([
      [0, 1],
      [2, 3],
    ]);
    const never = vi.fn(reconstruct);
    await expect(scoreInParts(images, parts, never, scorer, canceledBefore())).rejects.toMatchObject({
      code: 'cancelled',
    });
    expect(never).not.toHaveBeenCalled();
  });

  it('reject a non-finite reconstruction, naming its image', async () => {
    const broken = async (part: readonly number[]) =>
      new Map(part.map((index) => [index, { pixels: Float32Array.of(index === 3 ? Number.NaN : 1) }]));
    await expect(scoreInParts(images, parts, broken, scorer, {})).rejects.toThrow(images.samples[3]!.path);
  });
});
