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
    expect(chooseThreshold({ kind: 'good-quantile', quantile: 0.875 }, data)).toEqual({
      defined: true,
      threshold: 3.5,
      fittedOn: 'training images',
    });
    expect(chooseThreshold({ kind: 'good-quantile', quantile: 1 }, { ...data, heldOut: true })).toEqual({
      defined: true,
      threshold: 4,
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

  it('reject a quantile in percent', () => {
    expect(() => goodQuantileThreshold([1, 2], 95)).toThrow(/got 95/);
  });
});
