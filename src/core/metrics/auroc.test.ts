import { describe, expect, it } from 'vitest';
import { createRng } from '../rng.ts';
import { imageAuroc } from './auroc.ts';

/** The definition: the anomalous image wins a pair if it scores higher; a tie is half a win. */
const pairwiseAuroc = (scores: readonly number[], anomalous: readonly boolean[]): number => {
  let wins = 0;
  let pairs = 0;
  for (let i = 0; i < scores.length; i++) {
    for (let j = 0; j < scores.length; j++) {
      if (!anomalous[i] || anomalous[j]) continue;
      pairs++;
      if (scores[i] > scores[j]) wins += 1;
      else if (scores[i] === scores[j]) wins += 0.5;
    }
  }
  return wins / pairs;
};

describe('image AUROC', () => {
  it('is 1 if every anomalous image scores higher, 0 if every one scores lower', () => {
    expect(imageAuroc([1, 2, 3, 4], [false, false, true, true])).toEqual({ defined: true, value: 1 });
    expect(imageAuroc([4, 3, 2, 1], [false, false, true, true])).toEqual({ defined: true, value: 0 });
  });

  it('counts the correctly ordered pairs', () => {
    // Anomalous 0.8 and 0.35, normal 0.1 and 0.4: of four pairs only 0.35 over 0.4 is out of order.
    expect(imageAuroc([0.1, 0.4, 0.35, 0.8], [false, false, true, true])).toEqual({
      defined: true,
      value: 0.75,
    });
  });

  it('counts a tie as a half', () => {
    expect(imageAuroc([5, 5, 5], [true, false, false])).toEqual({ defined: true, value: 0.5 });
    // Anomalous 2 and 3, normal 1 and 2: three pairs won, one tied: 3.5 of 4.
    expect(imageAuroc([2, 3, 1, 2], [true, true, false, false])).toEqual({ defined: true, value: 0.875 });
  });

  it('does not flip a value below a half', () => {
    // Anomalous 1 and 4, normal 2 and 3 and 5: 4 beats 2 and 3, so 2 of 6 pairs.
    expect(imageAuroc(Float64Array.of(1, 4, 2, 3, 5), [true, true, false, false, false])).toEqual({
      defined: true,
      value: 1 / 3,
    });
  });

  it('matches the pairwise definition on random scores with many ties', () => {
    const rng = createRng(7, 'auroc');
    for (let round = 0; round < 50; round++) {
      const count = 2 + Math.floor(rng.uniform() * 60);
      const scores = Array.from({ length: count }, () => Math.floor(rng.uniform() * 12) - 6);
      const labels = Array.from(
        { length: count },
        (_, index) => index === 0 || (index > 1 && rng.uniform() < 0.3),
      );
      // Both divide the same two exact halves once, so they are equal to the bit.
      expect(imageAuroc(scores, labels)).toEqual({ defined: true, value: pairwiseAuroc(scores, labels) });
    }
  });

  it('depends only on the order of the scores', () => {
    const labels = [true, false, true, false, false];
    const scores = [3, 1, 2, 2, -7];
    expect(
      imageAuroc(
        scores.map((score) => score ** 3 * 1e9),
        labels,
      ),
    ).toEqual(imageAuroc(scores, labels));
  });

  it('is undefined, with the reason, for one class and for no images', () => {
    expect(imageAuroc([1, 2], [false, false])).toMatchObject({ defined: false, reason: /normal/ });
    expect(imageAuroc([1, 2], [true, true])).toMatchObject({ defined: false, reason: /anomalous/ });
    expect(imageAuroc([], [])).toMatchObject({ defined: false, reason: /no images/ });
  });

  it('is undefined for a non-finite score, naming it', () => {
    expect(imageAuroc([1, Number.NaN], [true, false])).toMatchObject({
      defined: false,
      reason: /image 2 of 2 is NaN/,
    });
    expect(imageAuroc([Number.POSITIVE_INFINITY, 1], [true, false])).toMatchObject({ defined: false });
  });

  it('rejects labels that do not match the scores', () => {
    expect(() => imageAuroc([1, 2], [true])).toThrow(RangeError);
  });
});
