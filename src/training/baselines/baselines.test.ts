import { describe, expect, it } from 'vitest';
import type { RunConfig } from '#core/config.ts';
import { presets } from '#core/presets.ts';
import golden from '#testing/golden/baselines.golden.json';
import { goldenImageSet } from '#testing/golden-images.ts';
import { canceledBefore, canceledWhen } from '../testing/canceled-work.ts';
import { ReferenceScores } from './reference-scores.ts';
import { StatisticTable } from './statistic-table.ts';

const { side, good, test, pooling, topPercent } = golden;
const images = goldenImageSet(side, good, test);
const goodIndices = Array.from({ length: good }, (_, index) => index);
const base: RunConfig = {
  ...presets.paper,
  side: 32,
  bandLow: 0.5,
  topPercent,
  calibrationPooling: pooling,
  calibrationBands: 'off',
};
const ofTop: RunConfig = { ...base, score: 'top-share' };

const evaluate = async (config: RunConfig, indices = goodIndices) => {
  const references = await new ReferenceScores(images).evaluate(config, indices);
  if (!references.defined) throw new Error(references.reason);
  return references;
};

const largestRelative = (actual: ArrayLike<number>, expected: readonly number[]): number =>
  Math.max(...expected.map((value, i) => Math.abs(actual[i] / value - 1)));

describe('the reference scores', () => {
  it('match NumPy: Eq. 9 without the mean, of the difference from the mean image', async () => {
    const { meanImage } = await evaluate({ ...base, score: 'sum' });
    // The mean image is float32: each difference of about 0.1 has an error of at most 2^-25, its square 6e-7 of itself.
    expect(largestRelative(meanImage.scores, golden.meanImage)).toBeLessThan(6e-7);
    expect(meanImage.settings).toMatchObject({ score: 'sum', residual: 'raw', bandLow: 0.5 });
  });

  it.each([
    ['off', golden.variationModel],
    ['on', golden.variationModelInBands],
  ] as const)("match NumPy's variation model with bands %s", async (calibrationBands, expected) => {
    const { variationModel, calibrationImages } = await evaluate({ ...ofTop, calibrationBands });
    expect(calibrationImages).toBe(good);
    // A shift of the mean image shifts all residuals equally, and calibration removes that. Float64 and float32 sorting keys
    // remain. Distances are at most 1e4, from matrices with condition numbers below 1e5: 1e5 * 2^-52 * 1e3 roundings.
    expect(largestRelative(variationModel.scores, expected)).toBeLessThan(1e-7);
  });

  it('calibrates for any residual of the run, and leaves the mean image raw', async () => {
    const raw = await evaluate({ ...ofTop, residual: 'raw' });
    const calibrated = await evaluate({ ...ofTop, residual: 'calibrated' });
    expect(calibrated.variationModel).toEqual(raw.variationModel);
    expect(calibrated.meanImage).toEqual(raw.meanImage);
  });

  it.each(['ssim', 'gradient', 'spectral'] as const)(
    'uses the top share for the variation model if the score is %s',
    async (score) => {
      const { meanImage, variationModel } = await evaluate({ ...base, score });
      expect(meanImage.settings.score).toBe(score);
      expect(meanImage.scores.every((value) => value > 0)).toBe(true);
      expect(variationModel.settings.score).toBe('top-share');
      expect(variationModel.scores).toEqual((await evaluate(ofTop)).variationModel.scores);
    },
  );

  it('averages only the requested images', async () => {
    const some = await evaluate(ofTop, goodIndices.slice(0, 8));
    expect(some.goodImages).toBe(8);
    expect(some.meanImage.scores).not.toEqual((await evaluate(ofTop)).meanImage.scores);
  });

  it('follows the settings with cached values as with new ones', async () => {
    const kept = new ReferenceScores(images);
    for (const change of [
      {},
      { calibrationPooling: 0.7 },
      { calibrationBands: 'on' as const },
      { bandLow: 4 },
      {},
    ]) {
      const config = { ...ofTop, ...change };
      expect(await kept.evaluate(config, goodIndices)).toEqual(await evaluate(config));
    }
  });

  it('are undefined without good training images', async () => {
    expect(await new ReferenceScores(images).evaluate(ofTop, [])).toMatchObject({ defined: false });
  });

  it('reject if they are canceled, and can be evaluated again', async () => {
    const kept = new ReferenceScores(images);
    for (const most of [0.02, 0.2, 0.5, 0.8]) {
      const canceled = kept.evaluate(
        ofTop,
        goodIndices,
        canceledWhen((share) => share >= most),
      );
      await expect(canceled).rejects.toMatchObject({ code: 'cancelled' });
    }
    await expect(kept.evaluate(ofTop, goodIndices, canceledBefore())).rejects.toMatchObject({
      code: 'cancelled',
    });
    expect(await kept.evaluate(ofTop, goodIndices)).toEqual(await evaluate(ofTop));
  });

  it('report a share that only rises, up to 1', async () => {
    const shares: number[] = [];
    const onProgress = (share: number): void => void shares.push(share);
    await new ReferenceScores(images).evaluate(ofTop, goodIndices, { onProgress });
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
  });

  it('reject settings that do not suit the images', async () => {
    await expect(evaluate({ ...ofTop, bandLow: 300, bandHigh: 350 })).rejects.toMatchObject({
      code: 'config-invalid',
    });
  });
});

describe('the view of the mean good image', () => {
  it("shows it as the reconstruction, with the score of the run's residual", async () => {
    const kept = new ReferenceScores(images);
    const references = await evaluate(ofTop);
    const index = good + 1;
    for (const [residual, { scores }] of [
      ['raw', references.meanImage],
      ['calibrated', references.variationModel],
    ] as const) {
      const { output, path } = await kept.view(index, { ...ofTop, residual }, goodIndices);
      expect(path).toBe(images.samples[index].path);
      expect(output?.score).toBe(scores[1]);
      const [first] = output?.reconstruction ?? [];
      const mean = goodIndices.reduce((sum, i) => sum + images.pixels[i * side * side * 3] / 255, 0) / good;
      expect(first).toBeCloseTo(mean, 6);
    }
  });

  it('has no output without good training images', async () => {
    const view = await new ReferenceScores(images).view(0, ofTop, []);
    expect(view.output).toBeUndefined();
  });
});

describe('the table of statistics', () => {
  it('evaluates the test split, with deviations from the good training images', async () => {
    const table = await new StatisticTable(images).evaluate(goodIndices);
    expect(table.map(({ imageAuroc }) => imageAuroc)).toEqual(
      golden.auroc.map((value) => ({ defined: true, value })),
    );
    expect(table.map(({ deviation }) => deviation.defined && deviation.imageAuroc)).toEqual(
      golden.deviationAuroc.map((value) => ({ defined: true, value })),
    );
  });

  it('resumes where it was canceled', async () => {
    const table = new StatisticTable(images);
    await expect(table.evaluate(goodIndices, canceledBefore())).rejects.toMatchObject({ code: 'cancelled' });
    let scored = 0;
    await expect(
      table.evaluate(
        goodIndices,
        canceledWhen(() => ++scored === 5),
      ),
    ).rejects.toMatchObject({
      code: 'cancelled',
    });
    const shares: number[] = [];
    const onProgress = (share: number): void => void shares.push(share);
    await table.evaluate(goodIndices, { onProgress });
    expect(shares).toHaveLength(good + test - 5);
  });
});
