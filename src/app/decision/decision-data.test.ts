import { describe, expect, it } from 'vitest';
import { chartCsv } from '../plot/frame/chart-data.ts';
import { scoreBins } from '../plot/score-bins.ts';
import { curveData, histogramData } from './decision-data.ts';
import { operatingCurve } from './operating-curve.ts';

/** Scores 1, 3 of good images; 3, 4, 2 of anomalous ones. */
const scores = [1, 3, 3, 4, 2];
const anomalous = [false, false, true, true, true];

const points = (() => {
  const curve = operatingCurve(scores, anomalous, 9);
  if (!curve.defined) throw new Error(curve.reason);
  return curve.points;
})();

describe('the figures of the decision as CSV', () => {
  it('count the images of each class in each bin', () => {
    // Three bins of width 1 from 1 to 4; the largest score belongs to the last.
    expect(chartCsv(histogramData(scoreBins(scores, anomalous, 3).bins))).toBe(
      'bin lower,bin upper,good (images),anomalous (images)\r\n1,2,1,0\r\n2,3,0,1\r\n3,4,1,2\r\n',
    );
  });

  it('have every operating point of the ROC curve, even those on a straight line', () => {
    const [third, twoThirds] = [String(1 / 3), String(2 / 3)];
    expect(chartCsv(curveData(points, ['falsePositiveRate', 'recall']))).toBe(
      'threshold,false positive rate,recall\r\n' +
        `Infinity,0,0\r\n4,0,${third}\r\n3,0.5,${twoThirds}\r\n2,0.5,1\r\n1,1,1\r\n`,
    );
  });

  it('have the same thresholds with recall and precision', () => {
    const [third, twoThirds] = [String(1 / 3), String(2 / 3)];
    expect(chartCsv(curveData(points, ['recall', 'precision']))).toBe(
      'threshold,recall,precision\r\n' +
        `Infinity,0,1\r\n4,${third},1\r\n3,${twoThirds},${twoThirds}\r\n2,1,0.75\r\n1,1,0.6\r\n`,
    );
  });

  it('give an infinite threshold above all scores', () => {
    const [column] = curveData(points, ['falsePositiveRate', 'recall']).columns;
    expect(column?.format?.(Number.POSITIVE_INFINITY)).toBe('∞');
  });
});
