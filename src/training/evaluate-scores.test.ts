import { describe, expect, it } from 'vitest';
import { defaultScoreSettings } from '#core/scores/score-settings.ts';
import { createScorer } from '#core/scores/scorer.ts';
import { tinyImages } from '#testing/tiny-images.ts';
import { evaluateScores } from './evaluate-scores.ts';
import { imageFloats } from './image-tensors.ts';

const images = tinyImages(32, 0, 10);
const indices = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

/** Reconstructions whose red residual is `offset(index)` in every pixel. */
const reconstructions = (offset: (index: number) => number) =>
  new Map(
    indices.map((index) => [
      index,
      { pixels: imageFloats(images, index).map((value, i) => value - (i % 3 === 0 ? offset(index) : 0)) },
    ]),
  );

describe('the numbers of an evaluation', () => {
  it('scale the colours to what nine of ten images stay below', () => {
    // Squared residuals 0.01, 0.04, ... 0.81 and, of the image that fails, 1: the ninth of ten is 0.81.
    const result = evaluateScores(
      images,
      indices,
      reconstructions((index) => (index + 1) / 10),
      createScorer(32, defaultScoreSettings),
    );
    expect(result.residualScale).toBeCloseTo(0.81, 5);
    expect(result.scores[9]).toBeCloseTo(32 * 32, 1);
    expect(result.residualDcShare).toBeCloseTo(1, 6);
  });

  it('name the image whose reconstruction is not finite', () => {
    const broken = reconstructions((index) => (index === 3 ? Number.NaN : 0));
    expect(() => evaluateScores(images, indices, broken, createScorer(32, defaultScoreSettings))).toThrow(
      /test\/square\/003\.png is not finite/,
    );
  });

  it('leave the AUROC undefined without test images', () => {
    const result = evaluateScores(images, [], new Map(), createScorer(32, defaultScoreSettings));
    expect(result.imageAuroc.defined).toBe(false);
    expect(result.residualScale).toBe(0);
  });
});
