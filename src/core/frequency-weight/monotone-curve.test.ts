import { describe, expect, it } from 'vitest';
import { monotoneCurve } from './monotone-curve.ts';
import { parseWeightCurve } from './weight-curve.ts';

const through = (text: string) => monotoneCurve(parseWeightCurve(text));

describe('the curve through control points', () => {
  it('passes through them, and is constant beyond the ends', () => {
    const valueAt = through('0.2:1,0.4:3,0.9:0.5');
    expect([0.2, 0.4, 0.9].map(valueAt)).toEqual([1, 3, 0.5]);
    expect([0, 1].map(valueAt)).toEqual([1, 0.5]);
  });

  it('is a straight line if the points are collinear', () => {
    const valueAt = through('0:0,0.25:0.5,1:2');
    for (const radius of [0.1, 0.2, 0.5, 0.77]) expect(valueAt(radius)).toBeCloseTo(2 * radius, 12);
  });

  it('has the slopes of Fritsch and Carlson', () => {
    // Secants 1 and 3: slopes 1 (end), 2 (mean), 3 (end). Halfway along [0, 0.5], Hermite's cubic is the mean of the end values
    // plus width / 8 times the difference of the slopes: 0.25 + 0.5 / 8 * (1 - 2); on [0.5, 1]: 1.25 + 0.5 / 8 * (2 - 3).
    const valueAt = through('0:0,0.5:0.5,1:2');
    expect(valueAt(0.25)).toBeCloseTo(0.1875, 12);
    expect(valueAt(0.75)).toBeCloseTo(1.1875, 12);
  });

  it('reduces slopes that would overshoot', () => {
    // Secants 1 and 19: the slope 10 at the middle is ten times the first secant, with 1 at the left end. Both shrink by
    // 3 / sqrt(101). On the second interval 10 / 19 and 1 are within the circle, but the middle slope is already smaller.
    const factor = 3 / Math.sqrt(101);
    const valueAt = through('0:0,0.5:0.5,1:10');
    expect(valueAt(0.25)).toBeCloseTo(0.25 + (0.5 / 8) * (factor - 10 * factor), 12);
    expect(valueAt(0.75)).toBeCloseTo(5.25 + (0.5 / 8) * (10 * factor - 19), 12);
  });

  it('rises and falls only as the points do', () => {
    const valueAt = through('0:0,0.1:0,0.3:0.01,0.32:5,0.7:5,0.71:0.2,1:0');
    const values = Array.from({ length: 1001 }, (_, i) => valueAt(i / 1000));
    values.forEach((value, i) => {
      expect(value).toBeGreaterThanOrEqual(0);
      expect(value).toBeLessThanOrEqual(5);
      if (i === 0) return;
      if (i <= 700) expect(value).toBeGreaterThanOrEqual(values[i - 1]);
      else expect(value).toBeLessThanOrEqual(values[i - 1]);
    });
  });
});
