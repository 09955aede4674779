import { describe, expect, it } from 'vitest';
import { evaluationSettingsOf } from '#core/evaluation-settings.ts';
import { presets } from '#core/presets.ts';
import { tinyImages } from '#testing/tiny-images.ts';
import { imageFloats } from './image-tensors.ts';
import { untold } from './in-turns.ts';
import type { Reconstruction } from './sample-view.ts';
import { ScoredTestSplit } from './scored-test-split.ts';
import type { EvaluationResult } from './training-run.ts';

const noStatistics = (): never => {
  throw new Error('no statistics are needed');
};

const side = 32;
const images = tinyImages(side, 2, 3);
const testIndices = [2, 3, 4];
const settings = { ...evaluationSettingsOf(presets.paper), score: 'top-share' as const };
const config = { ...presets.recommended, ...settings, side } as const;

/** Reconstructions that are too dark by `offset`, of the test split and of one training image. */
const evaluationAt = (step: number, offset: number): Map<number, Reconstruction> =>
  new Map(
    [0, ...testIndices].map((index) => [
      index,
      {
        pixels: imageFloats(images, index).map((value) => Math.max(0, value - offset)),
        epoch: step,
        step,
      },
    ]),
  );

describe('the test split of past evaluations', async () => {
  const split = new ScoredTestSplit(images, testIndices, config);
  const evaluate = async (step: number, offset: number): Promise<EvaluationResult> => {
    const reconstructions = evaluationAt(step, offset);
    const scores = await split.scoresBy(settings, untold);
    for (const [index, { pixels }] of reconstructions) scores.add(index, pixels);
    split.take(reconstructions, settings, scores.result());
    return scores.result();
  };
  const first = await evaluate(1, 0.5);
  const second = await evaluate(2, 0.1);

  it('is seen with its own score, while the latest stays what it is', () => {
    const past = split.viewAt(1, 3)!.output!;
    expect({ epoch: past.epoch, step: past.step }).toEqual({ epoch: 1, step: 1 });
    // Sum over S x S x 3 squared residuals below 1, each changed by less than 2 / 131070.
    expect(Math.abs(past.score - first.scores[1])).toBeLessThan((side * side * 3 * 2) / 131_070);
    expect(split.view(3).output?.score).toBe(second.scores[1]);
  });

  it('stays as it was scored where scoring it anew is called off', async () => {
    const shares: number[] = [];
    const stopped = split.rescore(
      { ...settings, score: 'gradient' },
      { mayGoOn: () => shares.length < 2, onProgress: (share) => shares.push(share) },
      noStatistics,
    );
    await expect(stopped).rejects.toMatchObject({ code: 'cancelled' });
    expect(shares).toEqual([1 / 3, 2 / 3]);
    expect(split.view(3).output?.score).toBe(second.scores[1]);
  });

  it('is scored by the settings of now', async () => {
    const byMean = { ...settings, score: 'mean' } as const;
    const rescored = (await split.rescore(byMean, untold, noStatistics))!;
    const score = split.viewAt(2, 3)!.output!.score;
    // The mean over the pixels of three squared residuals below 1.
    expect(Math.abs(score - rescored.scores[1])).toBeLessThan((3 * 2) / 131_070);
    expect(split.past.evaluations).toEqual([
      { epoch: 1, step: 1 },
      { epoch: 2, step: 2 },
    ]);
  });

  it('has no training images, even where one was shown', () => {
    expect(split.view(0).output?.step).toBe(2);
    expect(split.viewAt(2, 0)).toBeUndefined();
  });
});
