import { describe, expect, it } from 'vitest';
import { createRng } from '../rng.ts';
import { imageAuroc } from './auroc.ts';
import { bootstrapAurocInterval } from './bootstrap-interval.ts';

const { normal } = createRng(3, 'bootstrap test');
const anomalous = Array.from({ length: 120 }, (_, index) => index % 3 !== 0);
/** In steps of 1/4, to produce many ties. */
const scores = anomalous.map((is) => Math.round(4 * (normal() + (is ? 1 : 0))) / 4);

const classScores = (wanted: boolean): number[] =>
  scores.filter((_, index) => anomalous[index] === wanted).sort((a, b) => b - a);

describe('bootstrap interval of image AUROC', () => {
  it('equals the percentiles of resamples that are drawn and ranked one by one', () => {
    const resamples = 200;
    const { uniform } = createRng(5, 'bootstrap');
    const draw = (from: number[]): number[] => from.map(() => from[Math.floor(uniform() * from.length)]);
    const values = Array.from({ length: resamples }, () => {
      const [positives, negatives] = [draw(classScores(true)), draw(classScores(false))];
      const auroc = imageAuroc(
        [...positives, ...negatives],
        [...positives.map(() => true), ...negatives.map(() => false)],
      );
      return auroc.defined ? auroc.value : Number.NaN;
    }).sort((a, b) => a - b);
    // 2.5 % of 199 steps is 4.975: between the fifth and the sixth value; the upper end mirrors it.
    const lower = values[4] + 0.975 * (values[5] - values[4]);
    const upper = values[195] - 0.975 * (values[195] - values[194]);
    expect(bootstrapAurocInterval(scores, anomalous, { seed: 5, resamples })).toEqual({
      defined: true,
      lower: expect.closeTo(lower, 12),
      upper: expect.closeTo(upper, 12),
    });
  });

  it("is as wide as DeLong's variance of AUROC predicts", () => {
    const [positives, negatives] = [classScores(true), classScores(false)];
    const wins = (a: number, b: number): number => (a > b ? 1 : a === b ? 0.5 : 0);
    const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
    const varianceOfMean = (values: number[]): number =>
      mean(values.map((value) => (value - mean(values)) ** 2)) / (values.length - 1);
    const deviation = Math.sqrt(
      varianceOfMean(
        positives.map((positive) => mean(negatives.map((negative) => wins(positive, negative)))),
      ) +
        varianceOfMean(
          negatives.map((negative) => mean(positives.map((positive) => wins(positive, negative)))),
        ),
    );
    const interval = bootstrapAurocInterval(scores, anomalous, { seed: 0 });
    if (!interval.defined) throw new Error(interval.reason);
    // Over 2000 normal draws, a 2.5 % quantile has a standard error of sqrt(0.025 * 0.975 / 2000) / 0.0584 = 0.06 deviations;
    // the width of 3.92 deviations then has 2.2 %. The bound is four times that.
    expect(Math.abs((interval.upper - interval.lower) / (2 * 1.96 * deviation) - 1)).toBeLessThan(0.09);
  });

  it('depends only on the seed', () => {
    const interval = bootstrapAurocInterval(scores, anomalous, { seed: 1 });
    expect(bootstrapAurocInterval(scores, anomalous, { seed: 1 })).toEqual(interval);
    expect(bootstrapAurocInterval(scores, anomalous, { seed: 2 })).not.toEqual(interval);
  });

  it('is narrower at a lower level', () => {
    const wide = bootstrapAurocInterval(scores, anomalous, { seed: 1 });
    const narrow = bootstrapAurocInterval(scores, anomalous, { seed: 1, level: 0.5 });
    if (!wide.defined || !narrow.defined) throw new Error('the interval is undefined');
    expect(narrow.lower).toBeGreaterThan(wide.lower);
    expect(narrow.upper).toBeLessThan(wide.upper);
  });

  it('is undefined for one class and for a class of one image', () => {
    expect(bootstrapAurocInterval([1, 2], [true, true], { seed: 0 })).toMatchObject({ defined: false });
    expect(bootstrapAurocInterval([1, 2, 3], [true, true, false], { seed: 0 })).toMatchObject({
      defined: false,
      reason: expect.stringMatching(/one normal image/),
    });
  });

  it('rejects invalid numbers of resamples and levels', () => {
    expect(() => bootstrapAurocInterval(scores, anomalous, { seed: 0, resamples: 0 })).toThrow(RangeError);
    expect(() => bootstrapAurocInterval(scores, anomalous, { seed: 0, level: 95 })).toThrow(RangeError);
  });
});
