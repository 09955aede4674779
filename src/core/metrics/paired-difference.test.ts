import { describe, expect, it } from 'vitest';
import { createRng } from '../rng.ts';
import { imageAuroc } from './auroc.ts';
import { bootstrapAurocInterval } from './bootstrap-interval.ts';
import { pairedAurocDifference } from './paired-difference.ts';
import { quantileOfSorted } from './quantile.ts';

const { normal } = createRng(9, 'paired difference test');
const anomalous = Array.from({ length: 90 }, (_, index) => index % 3 !== 0);
/** In steps of 1/4, to produce many ties; both scores share most of an image's hardness. */
const hardness = anomalous.map((is) => normal() + (is ? 1 : 0));
const scores = hardness.map((value) => Math.round(4 * (value + 0.3 * normal())) / 4);
const reference = hardness.map((value) => Math.round(4 * (value + 0.8 * normal())) / 4);

const aurocOf = (some: readonly number[], classes: readonly boolean[]): number => {
  const auroc = imageAuroc(some, classes);
  return auroc.defined ? auroc.value : Number.NaN;
};

const intervalOf = (difference: ReturnType<typeof pairedAurocDifference>) => {
  if (!difference.defined || !difference.interval.defined) throw new Error('the interval is undefined');
  return difference.interval;
};

describe('the paired difference of two AUROCs', () => {
  it('equals the percentiles of resamples whose images are drawn and ranked one by one', () => {
    const resamples = 200;
    const { uniform } = createRng(5, 'paired bootstrap');
    const ofClass = (wanted: boolean): number[] =>
      anomalous.flatMap((is, image) => (is === wanted ? [image] : []));
    const draw = (from: number[]): number[] => from.map(() => from[Math.floor(uniform() * from.length)]);
    const differences = Array.from({ length: resamples }, () => {
      const images = [...draw(ofClass(true)), ...draw(ofClass(false))];
      const classes = images.map((image) => anomalous[image]);
      const by = (some: readonly number[]): number =>
        aurocOf(
          images.map((image) => some[image]),
          classes,
        );
      return by(scores) - by(reference);
    }).sort((a, b) => a - b);
    expect(pairedAurocDifference(scores, reference, anomalous, { seed: 5, resamples })).toEqual({
      defined: true,
      value: aurocOf(scores, anomalous) - aurocOf(reference, anomalous),
      interval: {
        defined: true,
        lower: expect.closeTo(quantileOfSorted(differences, 0.025), 12),
        upper: expect.closeTo(quantileOfSorted(differences, 0.975), 12),
      },
    });
  });

  it('has no width between a score and an increasing function of it', () => {
    const difference = pairedAurocDifference(scores, scores.map(Math.exp), anomalous, { seed: 0 });
    expect(difference).toEqual({
      defined: true,
      value: 0,
      interval: { defined: true, lower: 0, upper: 0 },
    });
  });

  it('against a constant is the interval of the AUROC minus 1/2', () => {
    const constant = anomalous.map(() => 7);
    const { lower, upper } = intervalOf(pairedAurocDifference(scores, constant, anomalous, { seed: 0 }));
    const own = bootstrapAurocInterval(scores, anomalous, { seed: 0 });
    if (!own.defined) throw new Error(own.reason);
    // These are other draws of the same distribution. A 2.5 % quantile of 2000 has a standard error of 0.06 deviations, the
    // difference of two such 0.085, and a deviation is a quarter of the interval's width. The bound is four times that.
    const tolerance = 4 * 0.085 * ((own.upper - own.lower) / 3.92);
    expect(Math.abs(lower - (own.lower - 0.5))).toBeLessThan(tolerance);
    expect(Math.abs(upper - (own.upper - 0.5))).toBeLessThan(tolerance);
  });

  it('is narrower than for scores of different images', () => {
    const paired = intervalOf(pairedAurocDifference(scores, reference, anomalous, { seed: 0 }));
    const [first, second] = [scores, reference].map((some) =>
      bootstrapAurocInterval(some, anomalous, { seed: 0 }),
    );
    if (!first?.defined || !second?.defined) throw new Error('the interval is undefined');
    const apart = Math.hypot(first.upper - first.lower, second.upper - second.lower);
    expect(paired.upper - paired.lower).toBeLessThan(apart);
  });

  it('changes its sign with the order of the two', () => {
    const forth = pairedAurocDifference(scores, reference, anomalous, { seed: 3 });
    const back = pairedAurocDifference(reference, scores, anomalous, { seed: 3 });
    if (!forth.defined || !back.defined) throw new Error('the difference is undefined');
    expect(back.value).toBe(-forth.value);
    expect(intervalOf(back).lower).toBeCloseTo(-intervalOf(forth).upper, 12);
  });

  it('of identical scores is 0, with an interval of no width', () => {
    const anomalous = [false, true, false, true];
    const same = [1, 1, 1, 1];
    expect(pairedAurocDifference(same, same, anomalous, { seed: 0 })).toEqual({
      defined: true,
      value: 0,
      interval: { defined: true, lower: 0, upper: 0 },
    });
  });

  it('is undefined for one class, and has no interval for a class with one image', () => {
    expect(pairedAurocDifference([1, 2], [2, 1], [true, true], { seed: 0 })).toMatchObject({
      defined: false,
    });
    expect(pairedAurocDifference([1, Number.NaN], [2, 1], [true, false], { seed: 0 })).toMatchObject({
      defined: false,
    });
    expect(pairedAurocDifference([3, 1, 2], [1, 2, 3], [true, false, false], { seed: 0 })).toMatchObject({
      defined: true,
      value: 1,
      interval: { defined: false, reason: expect.stringMatching(/one anomalous image/) },
    });
  });

  it('rejects invalid numbers of resamples and levels, and lists of different lengths', () => {
    const refuse = (options: object): void => {
      expect(() => pairedAurocDifference(scores, reference, anomalous, { seed: 0, ...options })).toThrow(
        RangeError,
      );
    };
    refuse({ resamples: 0 });
    refuse({ level: 95 });
    expect(() => pairedAurocDifference(scores, [1], anomalous, { seed: 0 })).toThrow(RangeError);
  });
});
