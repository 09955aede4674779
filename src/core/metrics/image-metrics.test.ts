import { describe, expect, it } from 'vitest';
import { largestDifference } from '#testing/compare.ts';
import golden from '#testing/golden/metrics.golden.json';
import { hashValues } from '#testing/hash-values.ts';
import { imageAuroc } from './auroc.ts';
import { averagePrecision } from './average-precision.ts';
import { precisionRecallCurve, rocCurve } from './curves.ts';
import { f1Maximum } from './f1-maximum.ts';
import { imageMetrics } from './image-metrics.ts';

type Case = (typeof golden.images)[number];

/** The scores and classes that `image_case` in metrics_golden.py generates. */
const imagesOf = ({ count, series, levels, normalShare, shift }: Case) => {
  const anomalous = Array.from(hashValues(count, series + 1, 0, 1), (value) => value >= normalShare);
  const scores = Array.from(hashValues(count, series), (value, index) => {
    const score = value + (anomalous[index] ? shift : 0);
    return levels > 0 ? Math.floor(score * levels) : score;
  });
  return { scores, anomalous };
};

const numberOf = (metric: { defined: boolean; value?: number }): number => metric.value ?? Number.NaN;

describe('image metrics compared with scikit-learn', () => {
  it.each(golden.images)(
    'match for $count scores in $levels steps (0: no ties), shift $shift',
    (expected) => {
      const { scores, anomalous } = imagesOf(expected);
      // Both are float64 sums of at most 200 terms of at most 1: 200 * 2^-53 is 2e-14.
      expect(Math.abs(numberOf(imageAuroc(scores, anomalous)) - expected.auroc)).toBeLessThan(1e-13);
      expect(
        Math.abs(numberOf(averagePrecision(scores, anomalous)) - expected.averagePrecision),
      ).toBeLessThan(1e-13);
      expect(Math.abs(numberOf(f1Maximum(scores, anomalous)) - expected.f1Maximum)).toBeLessThan(1e-13);
    },
  );

  const drawn = golden.images.filter(({ roc }) => roc !== null);

  it.each(drawn)('draw the same curves for $count scores in $levels steps', (expected) => {
    const { scores, anomalous } = imagesOf(expected);
    // Our curves omit points that lie on lines; the remaining ones must be among scikit-learn's.
    const roc = rocCurve(scores, anomalous, 0);
    if (!roc.defined || !expected.roc) throw new Error('the curve is undefined');
    const [rates, hits, thresholds] = expected.roc as [number[], number[], number[]];
    const placeOf = new Map([Number.POSITIVE_INFINITY, ...thresholds].map((value, place) => [value, place]));
    for (const { falsePositiveRate, truePositiveRate, threshold } of roc.points) {
      const place = placeOf.get(threshold);
      if (place === undefined) throw new Error(`scikit-learn has no threshold ${threshold}`);
      expect(
        largestDifference([falsePositiveRate, truePositiveRate], [rates[place], hits[place]]),
      ).toBeLessThan(1e-15);
    }
    // Omitted points lie on the lines between the others, so the areas are equal.
    const area = roc.points
      .slice(1)
      .reduce(
        (sum, point, k) =>
          sum +
          ((point.falsePositiveRate - roc.points[k].falsePositiveRate) *
            (point.truePositiveRate + roc.points[k].truePositiveRate)) /
            2,
        0,
      );
    expect(Math.abs(area - expected.auroc)).toBeLessThan(1e-13);

    const precisionRecall = precisionRecallCurve(scores, anomalous, 0);
    if (!precisionRecall.defined || !expected.precisionRecall) throw new Error('the curve is undefined');
    const [recalls, precisions] = expected.precisionRecall as [number[], number[]];
    for (const { recall, precision, threshold } of precisionRecall.points) {
      const place = placeOf.get(threshold) ?? -1;
      expect(largestDifference([recall, precision], [recalls[place], precisions[place]])).toBeLessThan(1e-15);
    }
  });
});

describe('average precision', () => {
  it('takes tied images together', () => {
    // From the top: 3 (anomalous), then 2 twice (one of each class), then 1 (anomalous). Precision is 1, 2/3, 3/4 at recall
    // 1/3, 2/3, 1: (1 + 2/3 + 3/4) / 3 = 29/36, in either order of the tied two.
    const expected = { defined: true, value: expect.closeTo(29 / 36, 14) };
    expect(averagePrecision([3, 2, 2, 1], [true, true, false, true])).toEqual(expected);
    expect(averagePrecision([3, 2, 2, 1], [true, false, true, true])).toEqual(expected);
  });
});

describe('F1-max', () => {
  it('is the highest of the scores that reach the maximum', () => {
    // At least 4: 1 of 2 found without a false alarm, F1 = 2/(1 + 2) = 2/3. At least 1: both found with two false alarms,
    // F1 = 4/(4 + 2) = 2/3 too. The threshold 4 flags fewer images.
    expect(f1Maximum([1, 4, 2, 3], [true, true, false, false])).toEqual({
      defined: true,
      value: 2 / 3,
      threshold: 4,
    });
  });
});

describe('all image metrics', () => {
  const undefinedCases: [string, number[], boolean[], RegExp][] = [
    ['normal images only', [1, 2], [false, false], /normal/],
    ['anomalous images only', [1, 2], [true, true], /anomalous/],
    ['no images', [], [], /no images/],
    ['a score that is NaN', [1, Number.NaN], [true, false], /image 2 of 2 is NaN/],
  ];

  it.each(undefinedCases)('are undefined, with the reason, for %s', (_, scores, anomalous, reason) => {
    const { overall } = imageMetrics(
      scores,
      { defectTypes: anomalous.map((is) => (is ? 'cut' : 'good')), anomalous },
      0,
    );
    for (const metric of [
      ...Object.values(overall),
      rocCurve(scores, anomalous),
      precisionRecallCurve(scores, anomalous),
    ]) {
      expect(metric).toEqual({ defined: false, reason: expect.stringMatching(reason) });
    }
  });

  it('of identical scores are those of a coin, without a spread', () => {
    const anomalous = [false, true, false, true, true];
    const { overall } = imageMetrics(
      [7, 7, 7, 7, 7],
      { defectTypes: anomalous.map((is) => (is ? 'cut' : 'good')), anomalous },
      0,
    );
    expect(overall.auroc).toEqual({ defined: true, value: 0.5 });
    expect(overall.aurocInterval).toEqual({ defined: true, lower: 0.5, upper: 0.5 });
    // All images are flagged, and three of five are anomalous.
    expect(overall.averagePrecision).toEqual({ defined: true, value: expect.closeTo(3 / 5, 12) });
    expect(overall.f1Maximum).toMatchObject({
      defined: true,
      value: expect.closeTo(3 / 4, 12),
      threshold: 7,
    });
  });

  it('compare each defect type with all good images', () => {
    const labels = {
      defectTypes: ['good', 'cut', 'hole', 'good', 'cut'],
      anomalous: [false, true, true, false, true],
    };
    const { overall, perDefectType } = imageMetrics([1, 0, 5, 2, 3], labels, 0);
    // cut: 0 and 3 against 1 and 2, two of four pairs; hole: 5 against 1 and 2, both; in total 4 of 6.
    expect(overall.auroc).toEqual({ defined: true, value: 4 / 6 });
    expect(perDefectType.map(({ defectType, images, value }) => [defectType, images, value.auroc])).toEqual([
      ['cut', 2, { defined: true, value: 0.5 }],
      ['hole', 1, { defined: true, value: 1 }],
    ]);
    expect(perDefectType[1].value.aurocInterval).toMatchObject({
      defined: false,
      reason: expect.stringMatching(/one anomalous image/),
    });
  });

  it('reject labels that do not match the scores', () => {
    expect(() => imageMetrics([1, 2], { defectTypes: ['good', 'cut'], anomalous: [false] }, 0)).toThrow(
      RangeError,
    );
    expect(() => averagePrecision([1, 2], [true])).toThrow(RangeError);
  });
});
