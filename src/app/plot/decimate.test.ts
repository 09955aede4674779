import { describe, expect, it } from 'vitest';
import { largestTriangles, outline } from './decimate.ts';

const curve = (values: readonly number[]) => values.map((y, x) => ({ x, y }));
/** Noise from a fixed sequence, with one spike up and one down. */
const noisy = curve(
  Array.from({ length: 5000 }, (_, i) => (i === 1234 ? 50 : i === 4001 ? -50 : ((i * 7919) % 101) / 101)),
);

describe.each([
  ['outline', (points: typeof noisy, most: number) => outline(points, (most - 2) / 2)],
  ['largestTriangles', largestTriangles],
])('%s', (_name, thin) => {
  it('leaves a short curve as it is', () => {
    const short = curve([3, 1, 2]);
    expect(thin(short, 100)).toBe(short);
    expect(thin([], 100)).toEqual([]);
  });

  it('gives no more points than asked, all of the curve, by rising x, with both ends', () => {
    const thinned = thin(noisy, 202);
    expect(thinned.length).toBeLessThanOrEqual(202);
    expect(thinned.length).toBeGreaterThan(100);
    expect(thinned.every((point) => noisy[point.x] === point)).toBe(true);
    expect(thinned.every((point, i) => i === 0 || point.x > thinned[i - 1]!.x)).toBe(true);
    expect([thinned[0], thinned.at(-1)]).toEqual([noisy[0], noisy.at(-1)]);
  });

  it('keeps spikes', () => {
    const values = thin(noisy, 202).map(({ y }) => y);
    expect(values).toContain(50);
    expect(values).toContain(-50);
  });
});

describe('outline', () => {
  it('has the least and the greatest of each bucket in their order on the curve', () => {
    // Buckets of x: up to 4 and up to 8, between the ends 0 and 8.
    expect(outline(curve([5, 9, 1, 2, 3, 4, 7, 6, 5]), 2)).toEqual([
      { x: 0, y: 5 },
      { x: 1, y: 9 },
      { x: 2, y: 1 },
      { x: 5, y: 4 },
      { x: 6, y: 7 },
      { x: 8, y: 5 },
    ]);
  });

  it('goes by the abscissa, not by the number of points', () => {
    const dense = Array.from({ length: 100 }, (_, i) => ({ x: i / 100, y: i % 2 }));
    const thinned = outline([...dense, { x: 99, y: 0 }, { x: 100, y: 3 }], 2);
    // The first bucket holds all of the dense part: its ends and extremes; the second the lone point.
    expect(thinned).toHaveLength(5);
  });
});
