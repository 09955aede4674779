import { describe, expect, it } from 'vitest';
import { presets } from '../presets.ts';
import { frequencyWeight, type WeightConfig } from './frequency-weight.ts';

const weightOf = (
  change: Partial<WeightConfig>,
  rows: number,
  columns: number,
  meanMagnitude?: ArrayLike<number>,
) => frequencyWeight({ ...presets.paper, ...change }, rows, columns, meanMagnitude);

const expectClose = (actual: Float32Array, expected: ArrayLike<number>, digits: number): void => {
  expect(actual).toHaveLength(expected.length);
  for (const [i, value] of actual.entries()) expect(value).toBeCloseTo(expected[i], digits);
};

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
    it(`${name} scales its DC weight by its largest weight`, () => {
      expect(weightOf({ weight: name, dcWeight: 0 }, 8, 8)[0]).toBe(0);
      expect(weightOf({ weight: name, dcWeight: 0.5 }, 8, 8)[0]).toBe(Math.fround(largest / 2));
    });
  }

  it('power is the radius to the exponent p: uniform at 0, radial at 1', () => {
    expect(weightOf({ weight: 'power', weightPower: 1 }, 4, 8)).toEqual(weightOf({ weight: 'radial' }, 4, 8));
    expect(weightOf({ weight: 'power', weightPower: 0, dcWeight: 1 }, 4, 8)).toEqual(
      weightOf({ weight: 'uniform', dcWeight: 1 }, 4, 8),
    );
    const cubed = weightOf({ weight: 'power', weightPower: 3, dcWeight: 1 }, 8, 8);
    expect([cubed[1], cubed[2], cubed[4]]).toEqual([1, 8, 64]);
    expect(cubed[0]).toBeCloseTo(Math.sqrt(32) ** 3, 4);
  });

  for (const weight of ['adaptive-dataset', 'adaptive-batch'] as const) {
    it(`${weight} divides by the mean spectrum, and has the mean of radial`, () => {
      // 2 x 2: radii 0, 1, 1, sqrt 2. eps is 0.5 sqrt(4) = 1, so the quotients are 1 / 2, 1 / 4 and sqrt(2) / 1.
      const settings = { weight, weightGamma: 1, weightEpsilon: 0.5, dcWeight: 2 };
      const actual = weightOf(settings, 2, 2, [100, 1, 3, 0]);
      const factor = (2 + Math.SQRT2) / (0.75 + Math.SQRT2);
      const expected = [2 * Math.SQRT2 * factor, 0.5 * factor, 0.25 * factor, Math.SQRT2 * factor];
      expectClose(actual, expected, 6);
    });

    it(`${weight} equals radial if gamma is 0 or the mean spectrum is flat`, () => {
      const radial = weightOf({ weight: 'radial' }, 8, 8);
      const spectrum = Float32Array.from({ length: 64 }, (_, i) => i);
      const flat = new Float32Array(64).fill(7);
      for (const [weightGamma, mean] of [
        [0, spectrum],
        [2, flat],
      ] as const) {
        const actual = weightOf({ weight, weightGamma }, 8, 8, mean);
        expectClose(actual, radial, 5);
      }
    });

    it(`${weight} is finite if the spectrum is 0, and requires a spectrum of its size`, () => {
      const actual = weightOf({ weight, weightGamma: 2, weightEpsilon: 1e-6 }, 8, 8, new Float32Array(64));
      expect(actual.every(Number.isFinite)).toBe(true);
      expect(() => weightOf({ weight }, 8, 8)).toThrow('a mean spectrum of 0 values, expected 64');
      expect(() => weightOf({ weight }, 8, 8, new Float32Array(16))).toThrow('16 values, expected 64');
    });
  }

  it('curve is the drawn function of the relative radius, with the mean of radial', () => {
    // 2 x 2: relative radii 1 / sqrt 2 twice, and 1. The line from (0, 3) to (1, 1) is 3 - sqrt 2 and 1 there.
    const actual = weightOf({ weight: 'curve', weightCurve: '0:3,1:1', dcWeight: 1 }, 2, 2);
    const factor = (2 + Math.SQRT2) / (2 * (3 - Math.SQRT2) + 1);
    const expected = [3 - Math.SQRT2, 3 - Math.SQRT2, 1].map((value) => value * factor);
    expect(actual[0]).toBe(Math.max(...actual.subarray(1)));
    expectClose(actual.subarray(1), expected, 6);
  });

  it('curve as a straight line through 0 equals radial, at any slope', () => {
    const radial = weightOf({ weight: 'radial' }, 8, 16);
    const actual = weightOf({ weight: 'curve', weightCurve: '0:0,0.4:20,1:50' }, 8, 16);
    expectClose(actual, radial, 5);
  });

  it('curve must be above 0 at some frequency of the image', () => {
    // Side 8: the smallest radius above 0 is 1 / sqrt 32 = 0.18 of the largest.
    const weightCurve = '0:1,0.1:0,1:0';
    expect(() => weightOf({ weight: 'curve', weightCurve }, 8, 8)).toThrow(
      'is 0 at every frequency of 8 x 8',
    );
    expect(() => weightOf({ weight: 'curve', weightCurve: '0:1,1:NaN' }, 8, 8)).toThrow('"1:NaN" as point 2');
  });

  it.each(['0:0,1:1e300', '0:1e-300,1:1e-300', '0:1e300,0.5:0,1:1e-300'])(
    'of the most extreme valid curves is finite: %s',
    (weightCurve) => {
      const weight = weightOf({ weight: 'curve', weightCurve, dcWeight: 10 }, 512, 512);
      expect(weight.every(Number.isFinite)).toBe(true);
      expect(weight.some((value) => value > 0)).toBe(true);
    },
  );
});
