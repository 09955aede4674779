import { describe, expect, it } from 'vitest';
import { learningRateSchedule } from './learning-rate.ts';

describe('learningRateSchedule', () => {
  it('is constant in every step', () => {
    const rateAt = learningRateSchedule({ learningRate: 0.003, schedule: 'constant' }, 10);
    expect([1, 5, 10].map(rateAt)).toEqual([0.003, 0.003, 0.003]);
  });

  it('starts at the rate, is half of it in the middle, and decays almost to 0', () => {
    const rateAt = learningRateSchedule({ learningRate: 0.002, schedule: 'cosine' }, 100);
    expect(rateAt(1)).toBe(0.002);
    expect(rateAt(51)).toBeCloseTo(0.001, 12);
    // 0.001 (1 + cos(99 pi / 100)): below 1e-6, and the sum loses the digits of 1e-16 beside 5e-4.
    expect(rateAt(100) / (0.002 * Math.sin(Math.PI / 200) ** 2)).toBeCloseTo(1, 11);
  });

  it('matches PyTorch’s CosineAnnealingLR, T_max = 7', () => {
    const rateAt = learningRateSchedule({ learningRate: 1e-3, schedule: 'cosine' }, 7);
    // The rate before each of the scheduler's steps, PyTorch 1.13, float64.
    const expected = [
      0.001, 0.0009504844339512095, 0.0008117449009293668, 0.0006112604669781572, 0.00038873953302184284,
      0.00018825509907063325, 4.951556604879048e-5,
    ];
    for (const [done, rate] of expected.entries()) expect(rateAt(done + 1) / rate).toBeCloseTo(1, 12);
  });
});
