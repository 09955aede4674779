import { describe, expect, it } from 'vitest';
import { GrowingCurve, mostGrowingPoints } from './growing-curve.ts';

/** Noise from a fixed sequence, with one spike up and one down. */
const noise = (i: number): number => (i === 12_345 ? 50 : i === 40_001 ? -50 : ((i * 7919) % 101) / 101);

const curveOf = (length: number, y: (i: number) => number): GrowingCurve => {
  const curve = new GrowingCurve();
  for (let i = 0; i < length; i++) curve.push(i, y(i));
  return curve;
};

describe('a curve that grows', () => {
  it('has all points while they are few', () => {
    expect(new GrowingCurve().points()).toEqual([]);
    const few = curveOf(2000, noise).points();
    expect(few).toEqual(Array.from({ length: 2000 }, (_, x) => ({ x, y: noise(x) })));
  });

  it('has no more points at 200,000 than at 2,000, both ends and all spikes among them, by rising x', () => {
    const points = curveOf(200_000, noise).points();
    expect(points.length).toBeLessThanOrEqual(mostGrowingPoints);
    expect(points.length).toBeLessThanOrEqual(curveOf(2000, noise).points().length);
    expect(points[0]).toEqual({ x: 0, y: noise(0) });
    expect(points.at(-1)).toEqual({ x: 199_999, y: noise(199_999) });
    const values = points.map(({ y }) => y);
    expect([Math.min(...values), Math.max(...values)]).toEqual([-50, 50]);
    expect(points.every(({ x, y }, i) => y === noise(x) && (i === 0 || x > points[i - 1].x))).toBe(true);
  });

  it('is read at its last point before, within its own range', () => {
    const curve = curveOf(100_000, (i) => 2 * i);
    expect(curve.at(77_777.5)).toEqual({ x: 77_777, y: 155_554 });
    expect(curve.at(99_999)).toEqual({ x: 99_999, y: 199_998 });
    expect([curve.at(-1), curve.at(100_000), new GrowingCurve().at(0)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});
