import { describe, expect, it } from 'vitest';
import { scoreResidual } from './residual.ts';

const bytes = (...values: number[]) => Uint8Array.from(values);

describe('the score of Eq. 9', () => {
  it('is the sum of squared residuals over pixels and channels', () => {
    // Residuals: pixel 0 (1, 0, 0), pixel 1 (0, -0.5, 0.25); squares 1 + 0.25 + 0.0625.
    const result = scoreResidual(bytes(255, 0, 0, 0, 0, 255), Float32Array.of(0, 0, 0, 0, 0.5, 0.75), false);
    expect(result.score).toBe(1.3125);
    expect(Array.from(result.map)).toEqual([1, 0.3125]);
  });

  it('is zero where only the brightness differs and the mean is removed', () => {
    const result = scoreResidual(
      bytes(255, 255, 255, 0, 0, 0),
      Float32Array.of(0.5, 0.5, 0.5, -0.5, -0.5, -0.5),
      true,
    );
    expect(result.score).toBe(0);
    expect(result.meanEnergy).toBe(result.energy);
    expect(result.energy).toBe(1.5);
  });

  it('removes the mean of each channel by itself', () => {
    // Channel means 0.5, -0.25, 0: what is left of channel 0 is +-0.5, of the others nothing.
    const result = scoreResidual(bytes(255, 0, 0, 0, 0, 0), Float32Array.of(0, 0.25, 0, 0, 0.25, 0), true);
    expect(result.score).toBe(0.5);
    expect(result.meanEnergy).toBe(2 * (0.25 + 0.0625));
  });
});
