import { describe, expect, it } from 'vitest';
import golden from '#testing/golden/clopper-pearson.golden.json';
import { createRng } from '../rng.ts';
import { clopperPearson } from './clopper-pearson.ts';

describe('the Clopper-Pearson interval', () => {
  it.each(golden.cases)('of $k of $n at level $level agrees with SciPy', ({ k, n, level, interval }) => {
    const { lower, upper } = clopperPearson(k, n, level);
    // Logarithms of up to n log(n / k) carry a rounding error of 2^-53 n. A relative error in the tail moves the rate by about
    // the same relative amount.
    const tolerance = Math.max(1e-15, 2 ** -53 * 32 * n);
    for (const [found, expected] of [
      [lower, interval[0]],
      [upper, interval[1]],
    ] as const) {
      expect(Math.abs(found - expected)).toBeLessThanOrEqual(tolerance * expected);
    }
  });

  it('matches the rule of thumb 3 / n for none of n', () => {
    expect(clopperPearson(0, 1000).upper).toBeCloseTo(1 - 0.025 ** (1 / 1000), 14);
    expect(clopperPearson(0, 1000).lower).toBe(0);
  });

  it('covers the exceedance of a threshold that is fitted on the same scores', () => {
    const { uniform } = createRng(4, 'coverage');
    const rounds = 4000;
    const n = 21;
    const k = 2;
    let covered = 0;
    const { lower, upper } = clopperPearson(k, n);
    for (let round = 0; round < rounds; round++) {
      const scores = Array.from({ length: n }, uniform).sort((a, b) => a - b);
      // Halfway between the second and third highest score; uniform scores exceed it at this rate.
      const rate = 1 - (scores[n - k - 1] + scores[n - k]) / 2;
      if (rate >= lower && rate <= upper) covered += 1;
    }
    // Three standard deviations of the binomial fraction below the level.
    expect(covered / rounds).toBeGreaterThan(0.95 - 3 * Math.sqrt((0.95 * 0.05) / rounds));
  });

  it('rejects invalid counts', () => {
    for (const [k, n] of [
      [1, 0],
      [-1, 5],
      [6, 5],
      [0.5, 5],
    ] as const)
      expect(() => clopperPearson(k, n)).toThrow(RangeError);
  });
});
