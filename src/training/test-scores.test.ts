import { describe, expect, it } from 'vitest';
import { imageFloats } from '#core/image-bytes.ts';
import { createScorer } from '#core/scores/create-scorer.ts';
import { defaultScoreSettings } from '#core/scores/score-settings.ts';
import { tinyImages } from '#testing/tiny-images.ts';
import { TestScores } from './test-scores.ts';

const images = tinyImages(32, 0, 10);
const indices = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

/** A reconstruction whose red residual is `offset` in every pixel. */
const reconstruction = (index: number, offset: number): Float32Array =>
  imageFloats(images, index).map((value, i) => value - (i % 3 === 0 ? offset : 0));

const scoresOf = (testIndices: readonly number[]): TestScores =>
  new TestScores(images, testIndices, createScorer(32, defaultScoreSettings));

describe('the numbers of an evaluation', () => {
  it('scale the colors such that nine of ten images stay below the maximum', () => {
    // Squared residuals 0.01, 0.04, ... 0.81, and 1 for the failed image: the ninth of ten is 0.81.
    const scores = scoresOf(indices);
    for (const index of indices) scores.add(index, reconstruction(index, (index + 1) / 10));
    const result = scores.result();
    expect(result.residualScale).toBeCloseTo(0.81, 5);
    expect(result.scores[9]).toBeCloseTo(32 * 32, 1);
    expect(result.residualDcShare).toBeCloseTo(1, 6);
  });

  it('name an image with a non-finite reconstruction', () => {
    expect(() => scoresOf(indices).add(3, reconstruction(3, Number.NaN))).toThrow(
      /test\/square\/003\.png is not finite/,
    );
  });

  it('leave the AUROC undefined without test images', () => {
    const result = scoresOf([]).result();
    expect(result.imageAuroc.defined).toBe(false);
    expect(result.residualScale).toBe(0);
  });

  it('are those of the test split in any order, and are rejected until all are there', () => {
    const scores = scoresOf([2, 1]);
    scores.add(1, reconstruction(1, 0.1));
    scores.add(0, reconstruction(0, 0.9));
    expect(() => scores.result()).toThrow('sample 2 was not reconstructed');
    scores.add(2, reconstruction(2, 0.2));
    const [first, second] = scores.result().scores;
    expect(first).toBeCloseTo(0.04 * 32 * 32, 1);
    expect(second).toBeCloseTo(0.01 * 32 * 32, 1);
  });
});
