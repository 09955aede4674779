import { describe, expect, it } from 'vitest';
import type { ResidualStatistics } from '#core/calibration/residual-statistics.ts';
import { createStatisticsLearner } from '#core/calibration/statistics-learner.ts';
import { cancelled } from '#core/errors.ts';
import { type EvaluationSettings, evaluationSettingsOf } from '#core/evaluation-settings.ts';
import { imageBytes, imageFloats } from '#core/image-bytes.ts';
import { presets } from '#core/presets.ts';
import { createScoreScratch } from '#core/scores/score-scratch.ts';
import { tinyImages } from '#testing/tiny-images.ts';
import type { ImagePairs } from './calibrated-low-cut.ts';
import { packPixels } from './packed-pixels.ts';
import type { Reconstruction } from './sample-view.ts';
import { ScoredTestSplit } from './scored-test-split.ts';
import { canceledBefore } from './testing/canceled-work.ts';
import type { EvaluationResult } from './training-run.ts';

const noStatistics = (): never => {
  throw new Error('no statistics are needed');
};

/** Statistics of good images that are too dark by a fraction `offset`, as `evaluationAt` reconstructs. */
const learnedAt = async (by: EvaluationSettings, offset: number): Promise<ResidualStatistics> => {
  const learner = createStatisticsLearner(by, createScoreScratch(side));
  for (const index of [0, 1]) {
    learner.add(
      imageBytes(images, index),
      imageFloats(images, index).map((value) => (1 - offset) * value),
    );
  }
  return learner.finish();
};

const side = 32;
const images = tinyImages(side, 2, 3);
const testIndices = [2, 3, 4];
const settings = { ...evaluationSettingsOf(presets.paper), score: 'top-share' as const };
const config = { ...presets.recommended, ...settings, side } as const;

/** Reconstructions that are too dark by a fraction `offset`, of the test split and one training image. */
const evaluationAt = (step: number, offset: number): Map<number, Reconstruction> =>
  new Map(
    [0, ...testIndices].map((index) => [
      index,
      {
        pixels: imageFloats(images, index).map((value) => (1 - offset) * value),
        epoch: step,
        step,
      },
    ]),
  );

describe('the test split of past evaluations', async () => {
  const split = new ScoredTestSplit(images, testIndices, config);
  const evaluate = async (step: number, offset: number): Promise<EvaluationResult> => {
    const reconstructions = evaluationAt(step, offset);
    const scores = await split.scoresBy(settings);
    for (const [index, { pixels }] of reconstructions) scores.add(index, pixels);
    split.take(reconstructions, settings, scores.result());
    return scores.result();
  };
  const first = await evaluate(1, 0.5);
  const second = await evaluate(2, 0.1);

  it('scores a past evaluation by the present settings as it was scored then, to 16 bits', async () => {
    const again = await split.rescorePast(1, {});
    expect([...(again?.scores ?? [])]).toEqual([...first.scores].map((score) => expect.closeTo(score, 3)));
    expect(again?.imageAuroc).toEqual(first.imageAuroc);
    expect(await split.rescorePast(7, {})).toBeUndefined();
    await expect(split.rescorePast(1, { signal: AbortSignal.abort(cancelled()) })).rejects.toThrow();
  });

  it('copies the reconstructions of an evaluation that it holds, and none of another step', () => {
    const copy = split.reconstructionsAt(1)!;
    expect(copy.indices).toEqual(testIndices);
    const packed = new Uint16Array(copy.pixels.length / testIndices.length);
    packPixels(evaluationAt(1, 0.5).get(3)!.pixels, packed);
    expect(copy.pixels.slice(packed.length, 2 * packed.length)).toEqual(packed);
    copy.pixels.fill(0);
    expect(split.reconstructionsAt(1)?.pixels.some((value) => value > 0)).toBe(true);
    expect(split.reconstructionsAt(7)).toBeUndefined();
  });

  it('is shown with its own score, without changing the latest', () => {
    const past = split.viewAt(1, 3)!.output!;
    expect({ epoch: past.epoch, step: past.step }).toEqual({ epoch: 1, step: 1 });
    // Sum over S x S x 3 squared residuals below 1, each changed by less than 2 / 131070.
    expect(Math.abs(past.score - first.scores[1])).toBeLessThan((side * side * 3 * 2) / 131_070);
    expect(split.view(3).output?.score).toBe(second.scores[1]);
  });

  it('retains its scores if scoring it again is canceled', async () => {
    const shares: number[] = [];
    const abort = new AbortController();
    const onProgress = (share: number): void => {
      if (shares.push(share) === 2) abort.abort(cancelled());
    };
    const byGradient = { ...settings, score: 'gradient' } as const;
    const stopped = split.rescore(byGradient, { signal: abort.signal, onProgress }, noStatistics);
    await expect(stopped).rejects.toMatchObject({ code: 'cancelled' });
    expect(shares).toEqual([1 / 3, 2 / 3]);
    const never = split.rescore(byGradient, { ...canceledBefore(), onProgress }, noStatistics);
    await expect(never).rejects.toMatchObject({ code: 'cancelled' });
    expect(shares).toHaveLength(2);
    expect(split.view(3).output?.score).toBe(second.scores[1]);
  });

  it('is scored with the current settings', async () => {
    const byMean = { ...settings, score: 'mean' } as const;
    const rescored = (await split.rescore(byMean, {}, noStatistics))!;
    const score = split.viewAt(2, 3)!.output!.score;
    // The mean over the pixels of three squared residuals below 1.
    expect(Math.abs(score - rescored.scores[1])).toBeLessThan((3 * 2) / 131_070);
    expect(split.past.evaluations).toEqual([
      { epoch: 1, step: 1 },
      { epoch: 2, step: 2 },
    ]);
  });

  it('has no training images, even if one was shown', () => {
    expect(split.view(0).output?.step).toBe(2);
    expect(split.viewAt(2, 0)).toBeUndefined();
  });
});

describe('the test split with a calibrated residual', async () => {
  const calibrated = { ...settings, residual: 'calibrated', bandLow: 0 } as const;
  const split = new ScoredTestSplit(images, testIndices, config);
  const evaluate = async (
    step: number,
    offset: number,
    by: EvaluationSettings,
  ): Promise<EvaluationResult> => {
    const reconstructions = evaluationAt(step, offset);
    const learned = by.residual === 'raw' ? undefined : await learnedAt(by, offset);
    const scores = await split.scoresBy(by, undefined, learned);
    for (const [index, { pixels }] of reconstructions) scores.add(index, pixels);
    split.take(reconstructions, by, scores.result(), learned);
    return scores.result();
  };
  const raw = await evaluate(1, 0.5, settings);
  const first = await evaluate(2, 0.3, calibrated);
  const second = await evaluate(3, 0.2, calibrated);
  const inBands = { ...calibrated, calibrationBands: 'off' } as const;

  it('is shown in the past with the calibration of its own evaluation', () => {
    const past = split.viewAt(2, 3)!.output!;
    expect(past.calibrated).toBe(true);
    // 16-bit pixels, 2^-17, against a deviation of 2^-10: the noise of 6 levels times the share. Distances are squares.
    expect(Math.abs(past.score / first.scores[1] - 1)).toBeLessThan(2 ** -6);
    expect(split.view(3).output).toMatchObject({ calibrated: true, score: second.scores[1] });
  });

  it('shows the raw residual of an evaluation that was not calibrated', () => {
    const past = split.viewAt(1, 3)!.output!;
    expect(past.calibrated).toBe(false);
    expect(Math.abs(past.score / raw.scores[1] - 1)).toBeLessThan(1e-3);
  });

  it('pools with existing statistics, and compares three poolings', async () => {
    const points = (await split.evaluated!.poolingCurve({}))!;
    expect(points.map(({ pooling }) => pooling)).toEqual([0, 0.1, 1]);
    const alone = (await split.rescore({ ...calibrated, calibrationPooling: 0 }, {}, noStatistics))!;
    expect(points[0].imageAuroc).toEqual(alone.imageAuroc);
    expect((await split.rescore(calibrated, {}, noStatistics))!.scores).toEqual(second.scores);
  });

  it('learns again for other bands, and its past follows if it has those statistics', async () => {
    const asked: EvaluationSettings[] = [];
    const rescored = (await split.rescore(inBands, {}, async (by) => {
      asked.push(by);
      return learnedAt(by, 0.2);
    }))!;
    expect(asked).toEqual([inBands]);
    expect(split.learned?.mean).toHaveLength(3);
    expect(split.viewAt(3, 3)!.output!.calibrated).toBe(true);
    expect(Math.abs(split.viewAt(3, 3)!.output!.score / rescored.scores[1] - 1)).toBeLessThan(2 ** -6);
    expect(split.viewAt(2, 3)!.output!.calibrated).toBe(false);
  });

  it('has a curve over low cut-offs whose points are those of an evaluation with that cut-off', async () => {
    const cutoffs = [0, 2.5];
    const good: ImagePairs = {
      count: 2,
      pair: (row) => ({
        bytes: imageBytes(images, row),
        pixels: imageFloats(images, row).map((value) => 0.8 * value),
      }),
    };
    const points = (await split.evaluated!.lowCutCurve(cutoffs, {}, async () => good))!;
    for (const [at, bandLow] of cutoffs.entries()) {
      const by = { ...inBands, bandLow };
      const { imageAuroc } = (await split.rescore(by, {}, () => learnedAt(by, 0.2)))!;
      expect(points[at]).toEqual({ bandLow, imageAuroc });
    }
  });
});
