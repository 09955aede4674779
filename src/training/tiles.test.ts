import { describe, expect, it } from 'vitest';
import { evaluationSettingsOf } from '#core/evaluation-settings.ts';
import { imageBytes, imageFloats } from '#core/image-bytes.ts';
import { pixelMetrics } from '#core/metrics/pixel-metrics.ts';
import { presets } from '#core/presets.ts';
import { createScorer } from '#core/scores/create-scorer.ts';
import { holdOutOf, trainingSplit } from '#core/training-split.ts';
import { tiledImages } from '#testing/tiled-images.ts';
import { StatisticTable } from './baselines/statistic-table.ts';
import { scoreInParts } from './good-training-scores.ts';
import { scoreWithMaps } from './new-image-scores.ts';
import type { Reconstruction } from './sample-view.ts';
import { ScoredTestSplit } from './scored-test-split.ts';
import { TestSet } from './test-spectra.ts';
import { testIndicesOf } from './training-images.ts';

const side = 32;
/** Pictures 0 to 7 are of the training images 0 to 3, and 8 to 15 of the test images 4 to 7. */
const images = tiledImages(side, 4, 4);
const settings = { ...evaluationSettingsOf(presets.paper), score: 'sum' as const };
const config = { ...presets.paper, ...settings, side } as const;

/** A reconstruction that is too dark by a fraction, which differs between pictures. */
const reconstructionOf = (picture: number): Reconstruction => ({
  pixels: imageFloats(images, picture).map((value) => value * (1 - (1 + (picture % 5)) / 50)),
  epoch: 1,
  step: 5,
});

const scorer = createScorer(side, settings);
const scoreOf = (picture: number): number =>
  scorer.score(imageBytes(images, picture), reconstructionOf(picture).pixels).score;

const evaluated = async (): Promise<ScoredTestSplit> => {
  const split = new ScoredTestSplit(images, testIndicesOf(images), config);
  const scores = await split.scoresBy(settings);
  const reconstructions = new Map(images.samples.map((_, picture) => [picture, reconstructionOf(picture)]));
  // Evaluation may add pictures in any order.
  for (const [picture, { pixels }] of [...reconstructions].reverse()) scores.add(picture, pixels);
  split.take(reconstructions, settings, scores.result());
  return split;
};

const largest = (first: number): number => Math.max(scoreOf(first), scoreOf(first + 1));

describe('images in tiles', () => {
  it('are held out whole, the same ones as if they were not cut', () => {
    for (const seed of [0, 1, 2]) {
      const settingsOfSplit = holdOutOf({ ...config, holdOutPercent: 50, seed });
      const whole = images.samples
        .filter(({ tile }) => tile?.index === 0)
        .map(({ tile: _, ...image }) => image);
      const ofPictures = trainingSplit(images.samples, settingsOfSplit);
      const ofImages = trainingSplit(whole, settingsOfSplit);
      const tilesOf = (indices: readonly number[]) => indices.flatMap((index) => [2 * index, 2 * index + 1]);
      expect(ofPictures.heldOut).toHaveLength(4);
      expect(ofPictures.heldOut).toEqual(tilesOf(ofImages.heldOut));
      expect(ofPictures.trained).toEqual(tilesOf(ofImages.trained));
      expect(ofPictures.trainedGood).toEqual(tilesOf(ofImages.trainedGood));
    }
  });

  it('have the largest score of their tiles, in the test set, in a rescore and at each cut-off', async () => {
    const split = await evaluated();
    const expected = [8, 10, 12, 14].map(largest);
    const result = await split.evaluated!.score(settings, {});
    expect([...result.scores]).toEqual(expected);
    const again = await split.rescorePast(5, {});
    expect([...(again?.scores ?? [])]).toEqual(expected.map((score) => expect.closeTo(score, 2)));
    const [whole] = await split.evaluated!.lowCutCurve([0, 4], {}, () => Promise.reject(new Error('asked')));
    expect(whole?.imageAuroc).toEqual(result.imageAuroc);
  });

  it('have the largest score also among the good and the new images', async () => {
    const reconstruct = async (part: readonly number[]) =>
      new Map(part.map((picture) => [picture, reconstructionOf(picture)]));
    // A part may end between two tiles.
    const good = await scoreInParts(images, [[2, 3, 6], [7]], reconstruct, scorer, {});
    expect(good).toEqual({ indices: [1, 3], scores: Float64Array.of(largest(2), largest(6)) });
    const parts = [images.samples.map((_, picture) => picture)];
    const { scores, maps } = await scoreWithMaps(images, parts, reconstruct, scorer, {});
    expect([...scores]).toEqual([0, 2, 4, 6, 8, 10, 12, 14].map(largest));
    expect(maps.map(({ width, height, map }) => [width, height, map.length])).toEqual(
      Array.from(scores, () => [64, 32, 64 * 32]),
    );
  });

  it('have one map, stitched from those of the tiles, with its mask', async () => {
    const split = await evaluated();
    const maps = await split.evaluated!.maps({});
    expect(maps.map(({ path }) => path)).toEqual(
      images.samples
        .filter(({ split, tile }) => split === 'test' && tile?.index === 0)
        .map(({ path }) => path),
    );
    const [left, right] = [10, 11].map(
      (picture) => scorer.score(imageBytes(images, picture), reconstructionOf(picture).pixels).map,
    );
    const { map, mask, size } = maps[1]!;
    expect(size).toEqual({ width: 64, height: 32 });
    for (const row of [0, 17, 31]) {
      expect(map.subarray(row * 64, row * 64 + 32)).toEqual(left!.subarray(row * 32, row * 32 + 32));
      expect(map.subarray(row * 64 + 32, row * 64 + 64)).toEqual(right!.subarray(row * 32, row * 32 + 32));
    }
    // The square covers the first quarter of the second tile in both directions.
    const marked = [...mask!.entries()].flatMap(([pixel, value]) => (value ? [pixel] : []));
    expect(marked).toHaveLength(8 * 8);
    expect(marked.every((pixel) => pixel % 64 >= 32 && pixel % 64 < 40 && pixel < 8 * 64)).toBe(true);
    const { overall } = await pixelMetrics(maps, side);
    expect([overall.pixelAuroc.defined, overall.auPro.defined]).toEqual([true, true]);
  });

  it('are shown by the tile with the largest score, or the chosen one, with the scores of all', async () => {
    const split = await evaluated();
    const scores = [10, 11].map(scoreOf);
    const top = 10 + scores.indexOf(Math.max(...scores));
    expect(split.shownPicture({ index: 5 })).toBe(top);
    expect(split.shownPicture({ index: 5, tile: 0 })).toBe(10);
    expect(() => split.shownPicture({ index: 5, tile: 2 })).toThrow('no image 5 with a tile 2');
    const view = split.view(11);
    expect([view.index, view.tile]).toEqual([5, { index: 1, count: 2 }]);
    expect(view.output?.score).toBe(scores[1]);
    expect(view.output?.stitched).toMatchObject({ scores, width: 64, height: 32 });
    expect(split.viewAt(5, 11)?.output?.stitched?.map).toHaveLength(64 * 32);
  });

  it('count as images in the spectra and the statistics', async () => {
    const split = await evaluated();
    const spectra = await new TestSet(images).spectra(split.reconstructionsAt(5)!);
    expect([spectra.good?.images, spectra.anomalous?.images]).toEqual([2, 2]);
    const statistics = await new StatisticTable(images).evaluate([0, 1, 2, 3]);
    expect(statistics.every(({ scores }) => scores.length === 4)).toBe(true);
  });
});
