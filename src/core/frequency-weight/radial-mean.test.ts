import { describe, expect, it } from 'vitest';
import { radialMean } from './radial-mean.ts';

describe('the radial mean', () => {
  it('averages each ring of signed frequencies', () => {
    // Side 4, frequencies 0, 1, -2, -1. Ring 0: (0, 0). Ring 1: the 4 with radius 1 and the 4 with sqrt 2 = 1.41.
    // Ring 2: (0, -2), (-2, 0) and the 4 with sqrt 5 = 2.24. Ring 3: (-2, -2), sqrt 8 = 2.83.
    const values = [...[9, 1, 4, 1], ...[1, 3, 5, 3], ...[4, 5, 7, 5], ...[1, 3, 5, 3]];
    expect(Array.from(radialMean(values, 4))).toEqual([9, (4 * 1 + 4 * 3) / 8, (2 * 4 + 4 * 5) / 6, 7]);
  });

  it('has a ring for every radius up to the corner', () => {
    const flat = radialMean(new Float32Array(64 * 64).fill(2), 64);
    expect(flat).toHaveLength(Math.round(Math.hypot(32, 32)) + 1);
    expect(flat.every((value) => value === 2)).toBe(true);
  });
});
