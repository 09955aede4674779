import { describe, expect, it } from 'vitest';
import { presets } from '../config.ts';
import { frequencyWeight, type WeightConfig } from './frequency-weight.ts';

const weightOf = (
  change: Partial<WeightConfig>,
  rows: number,
  columns: number,
  meanMagnitude?: ArrayLike<number>,
) => frequencyWeight({ ...presets.paper, ...change }, rows, columns, meanMagnitude);

describe('the frequency weight', () => {
  it('radial grows with the signed frequency: symmetric, largest at -M/2', () => {
    // Rows 0, 1, -2, -1; columns 0, 1, 2, 3, -4, -3, -2, -1.
    const weight = weightOf({ weight: 'radial', dcWeight: 0 }, 4, 8);
    expect(Array.from(weight.subarray(0, 8))).toEqual([0, 1, 2, 3, 4, 3, 2, 1]);
    expect([weight[8], weight[16], weight[24]]).toEqual([1, 2, 1]);
    expect(weight[3 * 8 + 5]).toBeCloseTo(Math.sqrt(1 + 9), 6);
    expect(Math.max(...weight)).toBeCloseTo(Math.sqrt(4 + 16), 6);
  });

  it('radial-literal is Eq. 7 on indices 0..M-1', () => {
    const weight = weightOf({ weight: 'radial-literal', dcWeight: 0 }, 4, 8);
    expect(Array.from(weight.subarray(0, 8))).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(weight[3 * 8 + 4]).toBe(5);
  });

  it('uniform is 1 everywhere', () => {
    expect(Array.from(weightOf({ weight: 'uniform', dcWeight: 1 }, 2, 2))).toEqual([1, 1, 1, 1]);
  });

  for (const [name, largest] of [
    ['radial', Math.hypot(4, 4)],
    ['radial-literal', Math.hypot(7, 7)],
    ['uniform', 1],
  ] as const) {
    it(`${name} takes its DC weight in units of its largest weight`, () => {
      expect(weightOf({ weight: name, dcWeight: 0 }, 8, 8)[0]).toBe(0);
      expect(weightOf({ weight: name, dcWeight: 0.5 }, 8, 8)[0]).toBe(Math.fround(largest / 2));
    });
  }
});
