import { expect, it } from 'vitest';
import { arcsInSquare } from './arcs-in-square.ts';

const points = (path: string): number[][] =>
  [...path.matchAll(/[ML]([\d.]+) ([\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)]);

it('draws a whole circle inside the square in one stroke, which ends where it began', () => {
  const path = arcsInSquare(50, 20, 100);
  expect(path.match(/M/g)).toHaveLength(1);
  const found = points(path);
  expect(found.at(-1)).toEqual(found[0]);
  // Coordinates have two decimals, so a distance is off by at most their rounding on both axes.
  for (const [x, y] of found)
    expect(Math.abs(Math.hypot(x! - 50, y! - 50) - 20)).toBeLessThan(0.005 * Math.SQRT2);
});

it('draws only the four corners of a circle that is wider than the square', () => {
  const path = arcsInSquare(50, 60, 100);
  // One stroke for each corner: the angle 0 is outside.
  expect(path.match(/M/g)).toHaveLength(4);
  for (const point of points(path))
    for (const value of point) {
      expect(value).toBeGreaterThanOrEqual(0);
      expect(value).toBeLessThanOrEqual(100);
    }
});

it('draws nothing for a radius of 0, or for a circle around the square', () => {
  expect(arcsInSquare(50, 0, 100)).toBe('');
  expect(arcsInSquare(50, 71, 100)).toBe('');
});
