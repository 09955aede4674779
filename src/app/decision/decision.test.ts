import { describe, expect, it } from 'vitest';
import { outcomeOf } from '#store/decision/outcome.ts';
import { fakeCategory, fakeDecoded, fakeEvaluation } from '#store/testing/fake-clients.ts';
import { scoreBins } from '../plot/score-bins.ts';
import { decisionCsv } from './decision-csv.ts';
import { falseAlarmWords, fittedOnWords, pointLines, thresholdLegend } from './decision-words.ts';
import { nearestPoint, operatingCurve, precisionSteps } from './operating-curve.ts';
import { scoreScale, thinTicks } from './score-scale.ts';
import { falseAlarmEntries, scoredImages } from './scored-images.ts';
import { stopOf, thresholdAfterKey, thresholdStops } from './threshold-stops.ts';
import { typeShares } from './type-shares.ts';

const noGoodScores = { phase: 'none' } as const;
const { samples } = fakeDecoded(fakeCategory(), { side: 16, fit: 'squeeze' }).images;

const tested = samples.filter(({ split }) => split === 'test');

/** Of the fake category's test images: two good ones, two dents, a bend. The first dent ties with the second good one. */
const scores = [1, 3, 3, 4, 2];
const labels = {
  defectTypes: ['good', 'good', 'dent', 'dent', 'bend'],
  anomalous: [false, false, true, true, true],
};

describe('score bins', () => {
  it('count every image once, by class', () => {
    const { bins, logarithmic } = scoreBins([1, 2, 3, 4, 5], [false, false, true, true, true], 2);
    expect(logarithmic).toBe(false);
    expect(bins.map(({ good, anomalous }) => [good, anomalous])).toEqual([
      [2, 0],
      [0, 3],
    ]);
  });

  it('are equal in the logarithm if scores spread far', () => {
    const result = scoreBins([1, 10, 100], [false, true, true], 2);
    expect(result.logarithmic).toBe(true);
    expect(result.bins[0].upper).toBeCloseTo(10, 9);
  });

  it('hold equal scores, and no scores', () => {
    expect(scoreBins([2, 2], [false, true], 3).bins[0]).toMatchObject({ good: 1, anomalous: 1 });
    expect(scoreBins([], [], 3).bins).toEqual([]);
  });
});

describe('the axis of scores', () => {
  it('has a bin to spare at each end, and converts scores to places and back', () => {
    // 1 to 5 in 4 bins of width 1: the axis is 0 to 6.
    const scale = scoreScale(scoreBins([1, 5], [false, true], 4))!;
    expect([scale.lower, scale.upper]).toEqual([0, 6]);
    expect(scale.toShare(3)).toBeCloseTo(0.5, 12);
    for (const score of [0, 1, 2.5, 5, 6])
      expect(scale.fromShare(scale.toShare(score))).toBeCloseTo(score, 12);
    expect(scale.ticks).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it('is logarithmic if the bins are', () => {
    // A factor of 100 in two bins of a factor of 10: 0.1 to 1000.
    const scale = scoreScale(scoreBins([1, 100], [false, true], 2))!;
    expect(scale.logarithmic).toBe(true);
    expect(scale.lower).toBeCloseTo(0.1, 12);
    expect(scale.toShare(10)).toBeCloseTo(0.5, 12);
    expect(scale.fromShare(0.75)).toBeCloseTo(100, 9);
  });

  it('clamps values outside to its ends, which are exact', () => {
    const scale = scoreScale(scoreBins([1, 100], [false, true], 2))!;
    expect([scale.toShare(-1), scale.toShare(1e9), scale.toShare(Number.POSITIVE_INFINITY)]).toEqual([
      0, 1, 1,
    ]);
    expect(scale.fromShare(2)).toBe(scale.upper);
    expect(scale.fromShare(-1)).toBe(scale.lower);
  });

  it('has room on both sides of equal scores, and does not exist without scores', () => {
    for (const score of [0, 7]) {
      const scale = scoreScale(scoreBins([score, score], [false, true], 3))!;
      expect(scale.lower).toBeLessThan(score);
      expect(scale.upper).toBeGreaterThan(score);
    }
    expect(scoreScale(scoreBins([], [], 3))).toBeUndefined();
  });

  it('shows as many ticks as fit', () => {
    expect(thinTicks([1, 2, 3, 4, 5], 5)).toEqual([1, 2, 3, 4, 5]);
    expect(thinTicks([1, 2, 3, 4, 5], 3)).toEqual([1, 3, 5]);
    expect(thinTicks([1, 2], 0)).toEqual([1]);
  });
});

describe('the stops of the threshold', () => {
  const stops = thresholdStops(scores, 9);

  it('are the distinct scores, after one that flags no image', () => {
    expect(stops).toEqual([9, 4, 3, 2, 1]);
  });

  it('represent all thresholds that flag the same images', () => {
    for (const threshold of [9, 5, 4.5, 4, 3.5, 3, 2.1, 1, 0.5]) {
      const stop = stops[stopOf(stops, threshold)]!;
      const called = (at: number) => scores.map((score) => score >= at);
      // Below all scores there is no further stop: every image is flagged, as at the lowest score.
      expect(called(stop)).toEqual(called(threshold));
    }
    expect(stopOf(stops, 100)).toBe(0);
  });

  it('are walked by keys, each of which changes the flagged images', () => {
    const moved = (key: string, threshold = 3) => thresholdAfterKey(stops, threshold, key, 1);
    expect(moved('ArrowRight')).toBe(4);
    expect(moved('ArrowLeft')).toBe(2);
    expect(moved('ArrowLeft', 2.5)).toBe(2);
    expect(moved('ArrowRight', 2.5)).toBe(4);
    expect(moved('ArrowRight', 9)).toBe(9);
    expect([moved('Home'), moved('End')]).toEqual([1, 9]);
    expect(moved('a')).toBeUndefined();
  });

  it('are walked the other way along a curve, and by a tenth of them per page', () => {
    expect(thresholdAfterKey(stops, 3, 'ArrowRight', -1)).toBe(2);
    expect(thresholdAfterKey(stops, 3, 'Home', -1)).toBe(9);
    const many = thresholdStops(
      Array.from({ length: 40 }, (_, i) => i),
      100,
    );
    expect(thresholdAfterKey(many, 20, 'PageUp', 1)).toBe(24);
    expect(thresholdAfterKey(many, 39, 'PageUp', 1)).toBe(100);
  });
});

describe('the operating points', () => {
  const curve = operatingCurve(scores, labels.anomalous, 9);

  it('are one per stop, with the rates at its threshold', () => {
    // At 4: one of three caught. At 3: two caught and one of two good flagged. At 2: all caught. At 1: all flagged.
    expect(curve).toEqual({
      defined: true,
      prevalence: 3 / 5,
      points: [
        { threshold: 9, falsePositiveRate: 0, recall: 0, precision: 1 },
        { threshold: 4, falsePositiveRate: 0, recall: 1 / 3, precision: 1 },
        { threshold: 3, falsePositiveRate: 1 / 2, recall: 2 / 3, precision: 2 / 3 },
        { threshold: 2, falsePositiveRate: 1 / 2, recall: 1, precision: 3 / 4 },
        { threshold: 1, falsePositiveRate: 1, recall: 1, precision: 3 / 5 },
      ],
    });
  });

  it('are found by the nearest place in the drawing', () => {
    if (!curve.defined) throw new Error(curve.reason);
    const nearest = (x: number, y: number, aspect?: number) =>
      nearestPoint(
        curve.points,
        ({ falsePositiveRate, recall }) => [falsePositiveRate, recall],
        [x, y],
        aspect,
      );
    expect(nearest(0.1, 0.4)).toBe(1);
    expect(nearest(0.5, 0.9)).toBe(3);
    expect(nearest(0.9, 0.9)).toBe(4);
    // Where the drawing is flat sideways only the heights count: 0.12 from 1/3, 0.22 from 2/3.
    expect(nearest(0.3, 0.5, 1)).toBe(2);
    expect(nearest(0.3, 0.45, 0.01)).toBe(1);
  });

  it('draw steps whose area is the average precision', () => {
    if (!curve.defined) throw new Error(curve.reason);
    const corners = precisionSteps(curve.points);
    const area = corners
      .slice(1)
      .reduce((sum, [x, y], index) => sum + (x - corners[index]![0]) * (y + corners[index]![1]) * 0.5, 0);
    // (1/3) 1 + (1/3) 2/3 + (1/3) 3/4
    expect(area).toBeCloseTo((1 + 2 / 3 + 3 / 4) / 3, 12);
    const images = scoredImages(fakeEvaluation(1, scores), samples, noGoodScores)!;
    expect(images.averagePrecision).toEqual({ defined: true, value: expect.closeTo(area, 12) });
  });

  it('are undefined for one class, while the threshold can still be moved', () => {
    const good = samples.filter(({ anomalous }) => !anomalous);
    const images = scoredImages(fakeEvaluation(1, [1, 2]), good, noGoodScores)!;
    expect(images.curve).toMatchObject({ defined: false });
    expect(images.stops).toHaveLength(3);
    expect(scoredImages(fakeEvaluation(1, [1, 2, 3]), good, noGoodScores)).toBeUndefined();
  });
});

describe('images without a test set', () => {
  const training = samples.filter(({ split }) => split === 'train');
  const evaluation = fakeEvaluation(1, []);
  const good = {
    phase: 'ready',
    evaluation,
    heldOut: true,
    indices: [1, 3],
    scores: Float64Array.of(2, 5),
  } as const;

  it('are the good images that a threshold is fitted on, once they are scored', () => {
    expect(scoredImages(evaluation, training, noGoodScores)).toBeUndefined();
    const images = scoredImages(evaluation, training, good)!;
    expect(images.source).toBe('held-out images');
    expect(images.samples).toEqual([training[1], training[3]]);
    expect(images.bins.bins.reduce((sum, bin) => sum + bin.good, 0)).toBe(2);
    expect(images.curve.defined).toBe(false);
    const late = { ...good, evaluation: fakeEvaluation(2, []) };
    expect(scoredImages(evaluation, training, late)).toBeUndefined();
    expect(scoredImages(evaluation, training, { ...good, heldOut: false })?.source).toBe('training images');
  });

  it('have a false-alarm rate if they are held out', () => {
    const images = scoredImages(evaluation, training, good)!;
    expect(falseAlarmEntries(images, good, 3)).toMatchObject([
      { images: 'held-out', rate: { falseAlarms: 1, images: 2 } },
    ]);
    expect(falseAlarmEntries(images, { ...good, heldOut: false }, 3)).toEqual([]);
  });
});

describe('the false-alarm rate', () => {
  it('is counted on held-out and on good test images, each in words with its interval', () => {
    const evaluation = fakeEvaluation(1, scores);
    const images = scoredImages(evaluation, samples, noGoodScores)!;
    const [entry, ...others] = falseAlarmEntries(images, noGoodScores, 3);
    expect(others).toEqual([]);
    expect(entry).toMatchObject({ images: 'good test', rate: { falseAlarms: 1, images: 2 } });
    // 1 of 2 by Clopper-Pearson: 1 - sqrt(0.975) and its complement.
    expect(falseAlarmWords(entry!.rate, 'good test')).toBe(
      'false alarms on 2 good test images: 1 (50.0 %), 95 % interval 1.3–98.7 %',
    );
  });
});

describe('the fractions of defect types', () => {
  it('begin with the most missed type and end with the good images', () => {
    expect(typeShares(scores, labels, 3)).toEqual([
      { defectType: 'bend', anomalous: true, images: 1, called: 0, share: 0 },
      { defectType: 'dent', anomalous: true, images: 2, called: 2, share: 1 },
      { defectType: 'good', anomalous: false, images: 2, called: 1, share: 0.5 },
    ]);
  });
});

describe('the decision in words and files', () => {
  it('names the images that a threshold was fitted on', () => {
    expect(fittedOnWords({ defined: true, threshold: 1, fittedOn: 'held-out images' }, 21)).toBe(
      'Fitted on 21 held-out good images',
    );
    expect(fittedOnWords({ defined: true, threshold: 1, fittedOn: 'training images' }, 64)).toBe(
      'Fitted on 64 images that the network was trained on: expect more false alarms on new parts',
    );
    expect(fittedOnWords({ defined: false, reason: 'All images are normal.' }, 0)).toBe(
      'All images are normal.',
    );
  });

  it('gives the rates at the threshold of an exported curve', () => {
    expect(thresholdLegend({ defined: true, threshold: 0.123456, fittedOn: 'no images' })).toBe(
      'threshold 0.1235, set by hand',
    );
    expect(thresholdLegend({ defined: true, threshold: 2, fittedOn: 'test images' })).toBe(
      'threshold 2, fitted on test images',
    );
    const point = { threshold: 2, falsePositiveRate: 1 / 2, recall: 1, precision: 3 / 4 };
    expect(pointLines(point)).toEqual([
      ...['recall (true positive rate) 1.0000', 'false positive rate 0.5000', 'precision 0.7500'],
    ]);
    const none = { threshold: 9, falsePositiveRate: 0, recall: 0, precision: 1 };
    expect(pointLines(none).at(-1)).toBe('precision undefined: no image is flagged');
  });

  it('lists each test image with its outcome', () => {
    const lines = decisionCsv(tested, scores, 3).split('\r\n');
    expect(lines[0]).toBe('path,defect_type,label,score,threshold,outcome');
    expect(lines[1]).toBe('test/good/0.png,good,good,1,3,pass');
    expect(lines.slice(1, 6).map((line) => line.split(',').at(-1))).toEqual(
      scores.map((score, image) => outcomeOf(score, labels.anomalous[image]!, 3)),
    );
    expect(decisionCsv(tested, scores, undefined).split('\r\n')[1]).toBe('test/good/0.png,good,good,1,,');
  });
});
