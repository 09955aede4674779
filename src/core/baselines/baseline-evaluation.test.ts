import { describe, expect, it } from 'vitest';
import { largestDifference } from '#testing/compare.ts';
import golden from '#testing/golden/baselines.golden.json';
import { evaluateStatistic, separates } from './baseline-evaluation.ts';
import { statisticNames } from './baseline-names.ts';
import { deviationsFromGood } from './deviation.ts';

const columnOf = (rows: readonly (readonly number[])[], column: number): Float64Array =>
  Float64Array.from(rows, (row) => row[column]);
const anomalous = golden.statistics.slice(golden.good).map((_, row) => (golden.good + row) % 2 === 1);

describe('the evaluation of a statistic', () => {
  it.each(statisticNames.map((name, column) => [name, column] as const))(
    "of %s matches NumPy's AUROC, raw and as a deviation from the good training images",
    (name, column) => {
      const values = columnOf(golden.statistics, column);
      const { scores, imageAuroc, deviation } = evaluateStatistic(
        name,
        values.subarray(golden.good),
        anomalous,
        values.subarray(0, golden.good),
      );
      expect(scores).toEqual(values.subarray(golden.good));
      expect(imageAuroc).toEqual({ defined: true, value: golden.auroc[column] });
      if (!deviation.defined) throw new Error(deviation.reason);
      expect(deviation.imageAuroc).toEqual({ defined: true, value: golden.deviationAuroc[column] });
      // The golden numbers have 15 digits; a difference from the median preserves at least 12 of them here.
      const expected = columnOf(golden.deviations, column);
      expect(largestDifference(deviation.scores, expected)).toBeLessThan(1e-10);
    },
  );

  it('has no AUROC and no interval if all test images are good, with the reason', () => {
    const evaluation = evaluateStatistic('contrast', Float64Array.of(1, 2), [false, false], [1, 2, 3]);
    expect(evaluation.imageAuroc).toMatchObject({ defined: false, reason: expect.stringMatching(/normal/) });
    expect(evaluation.interval).toMatchObject({ defined: false });
    expect(evaluation.deviation).toMatchObject({ defined: true, imageAuroc: { defined: false } });
  });

  it('has AUROC .5 if all images share one score', () => {
    const evaluation = evaluateStatistic('contrast', Float64Array.of(4, 4, 4), [true, false, true], [1, 2]);
    expect(evaluation.imageAuroc).toEqual({ defined: true, value: 0.5 });
  });
});

describe('deviations from the good training images', () => {
  it('are in units of the median absolute deviation', () => {
    // Median 3, absolute deviations 2 1 0 1 6, their median 1.
    expect(deviationsFromGood([3, 0, 5], [1, 2, 3, 4, 9])).toEqual({
      defined: true,
      scores: Float64Array.of(0, 3, 2),
    });
  });

  it('are undefined without good images, or if at least half of them are equal', () => {
    expect(deviationsFromGood([1], [])).toEqual({
      defined: false,
      reason: expect.stringMatching(/no good training images/),
    });
    expect(deviationsFromGood([1], [2, 2, 2, 5])).toEqual({
      defined: false,
      reason: expect.stringMatching(/spread is 0/),
    });
  });
});

describe('a statistic separates a test set', () => {
  it('from .95 on and down from .05, in either direction', () => {
    const at = (value: number): boolean => separates({ defined: true, value });
    expect([0, 0.05, 0.051, 0.5, 0.949, 0.95, 1].map(at)).toEqual([
      true,
      true,
      false,
      false,
      false,
      true,
      true,
    ]);
    expect(separates({ defined: false, reason: 'one class' })).toBe(false);
  });
});
