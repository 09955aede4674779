import { describe, expect, it } from 'vitest';
import { hashValues } from '#testing/hash-values.ts';
import { thinCurve } from './thin-curve.ts';

describe('thinCurve', () => {
  it('retains only the corners of a staircase', () => {
    const xs = [0, 0, 0, 0.25, 0.5, 0.5, 1];
    const ys = [0, 0.2, 0.5, 0.5, 0.5, 1, 1];
    expect(thinCurve(xs, ys, 0)).toEqual([0, 2, 4, 5, 6]);
  });

  it('moves the drawn line by at most the tolerance, with far fewer points', () => {
    // A staircase of 5000 small random steps, like an ROC curve of many images.
    const climbs = hashValues(5000, 1).map((value) => (value > 0 ? 1 : 0));
    const total = climbs.reduce((sum, climb) => sum + climb, 0);
    let climbed = 0;
    const xs: number[] = [];
    const ys: number[] = [];
    climbs.forEach((climb, step) => {
      climbed += climb;
      xs.push((step + 1 - climbed) / (climbs.length - total));
      ys.push(climbed / total);
    });
    const tolerance = 1 / 500;
    const kept = thinCurve(xs, ys, tolerance);
    expect(kept.length).toBeLessThan(500);
    kept.slice(1).forEach((end, segment) => {
      const start = kept[segment];
      const [dx, dy] = [xs[end] - xs[start], ys[end] - ys[start]];
      for (let index = start + 1; index < end; index++) {
        const across =
          Math.abs(dx * (ys[index] - ys[start]) - dy * (xs[index] - xs[start])) / Math.hypot(dx, dy);
        expect(across).toBeLessThanOrEqual(tolerance);
      }
    });
  });

  it('leaves curves of at most two points unchanged', () => {
    expect(thinCurve([], [], 1)).toEqual([]);
    expect(thinCurve([0, 1], [0, 1], 1)).toEqual([0, 1]);
  });
});
