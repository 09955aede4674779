import { describe, expect, it } from 'vitest';
import { chooseThreshold, confusionAt, confusionRates, goodQuantileThreshold } from './threshold.ts';

const scores = [1, 2, 3, 4, 5];
const anomalous = [false, true, false, true, true];

describe('confusion counts', () => {
  it('flag an image at the threshold as anomalous', () => {
    expect(confusionAt(scores, anomalous, 3)).toEqual({
      truePositives: 2,
      falseNegatives: 1,
      falsePositives: 1,
      trueNegatives: 1,
    });
  });

  it('accept infinite thresholds and reject NaN', () => {
    expect(confusionAt(scores, anomalous, Number.POSITIVE_INFINITY)).toMatchObject({
      truePositives: 0,
      falsePositives: 0,
    });
    expect(confusionAt(scores, anomalous, Number.NEGATIVE_INFINITY)).toMatchObject({
      falseNegatives: 0,
      trueNegatives: 0,
    });
    expect(() => confusionAt(scores, anomalous, Number.NaN)).toThrow(RangeError);
    expect(() => confusionAt([1, Number.NaN], [true, false], 0)).toThrow(/image 2 of 2 is NaN/);
    expect(() => confusionAt(scores, [true], 0)).toThrow(RangeError);
  });
});

describe('confusion rates', () => {
  it('are fractions of the counts', () => {
    expect(
      confusionRates({ truePositives: 2, falseNegatives: 1, falsePositives: 1, trueNegatives: 4 }),
    ).toEqual({
      precision: { defined: true, value: 2 / 3 },
      recall: { defined: true, value: 2 / 3 },
      falsePositiveRate: { defined: true, value: 1 / 5 },
      f1: { defined: true, value: 2 / 3 },
      accuracy: { defined: true, value: 6 / 8 },
    });
  });

  it('are undefined if the denominator is 0', () => {
    const none = confusionRates({ truePositives: 0, falseNegatives: 0, falsePositives: 0, trueNegatives: 3 });
    expect(none).toMatchObject({
      precision: { defined: false },
      recall: { defined: false },
      falsePositiveRate: { defined: true, value: 0 },
      f1: { defined: false },
      accuracy: { defined: true, value: 1 },
    });
  });
});

describe('threshold policies', () => {
  const data = {
    testScores: scores,
    testAnomalous: anomalous,
    goodTrainingScores: [4, 0, 2, 1, 3],
    heldOut: false,
  };

  it('name the images that they were fitted on', () => {
    expect(chooseThreshold({ kind: 'manual', threshold: 7 }, data)).toEqual({
      defined: true,
      threshold: 7,
      fittedOn: 'no images',
    });
    // At least 2: three of three found with one false alarm, F1 = 6/7. At least 4: 4/5.
    expect(chooseThreshold({ kind: 'f1-maximum' }, data)).toEqual({
      defined: true,
      threshold: 2,
      fittedOn: 'test images',
    });
    expect(chooseThreshold({ kind: 'good-quantile', quantile: 0.8 }, data)).toEqual({
      defined: true,
      threshold: expect.closeTo(3.2, 12),
      fittedOn: 'training images',
    });
    expect(chooseThreshold({ kind: 'good-quantile', quantile: 1 }, { ...data, heldOut: true })).toEqual({
      defined: true,
      threshold: expect.closeTo(4, 12),
      fittedOn: 'held-out images',
    });
  });

  it('are undefined, with the reason, without the images that they are fitted on', () => {
    expect(
      chooseThreshold({ kind: 'f1-maximum' }, { ...data, testAnomalous: scores.map(() => false) }),
    ).toMatchObject({ defined: false, reason: expect.stringMatching(/normal/) });
    expect(
      chooseThreshold({ kind: 'good-quantile', quantile: 0.9 }, { ...data, goodTrainingScores: [] }),
    ).toMatchObject({ defined: false, reason: expect.stringMatching(/training/) });
    expect(goodQuantileThreshold([1, Number.NaN, 2], 0.9)).toMatchObject({
      defined: false,
      reason: expect.stringMatching(/image 2 of 3 is NaN/),
    });
  });

  it('flag at most the stated fraction of the good images, also of few or tied ones', () => {
    const flagged = (good: readonly number[], quantile: number): number => {
      const threshold = goodQuantileThreshold(good, quantile);
      if (!threshold.defined) throw new Error(threshold.reason);
      return good.filter((score) => score >= threshold.value).length;
    };
    const ascending = (count: number) => Array.from({ length: count }, (_, index) => index - 3);
    expect(flagged(ascending(20), 0.95)).toBe(1);
    expect(flagged(ascending(21), 0.95)).toBe(1);
    expect(flagged(ascending(128), 0.95)).toBe(6);
    expect(flagged(ascending(6), 0.95)).toBe(0);
    expect(flagged(ascending(10), 0.9)).toBe(1);
    expect(flagged(ascending(10), 1)).toBe(0);
    expect(flagged(ascending(10), 0)).toBe(10);
    expect(flagged([-2, -2, -2, -2], 0.5)).toBe(0);
    expect(flagged([0, 0, 0, 1], 0.5)).toBe(1);
  });

  it('reject a quantile in percent', () => {
    expect(() => goodQuantileThreshold([1, 2], 95)).toThrow(/got 95/);
  });
});
