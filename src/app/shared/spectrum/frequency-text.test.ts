import { describe, expect, it } from 'vitest';
import { frequencyText, periodOf } from './frequency-text.ts';

describe('a frequency in words', () => {
  it('has its radius in cycles per image and its period in pixels', () => {
    expect(frequencyText(3, -4, 64)).toBe('u 3, v −4: 5 cycles per image, period 12.8 px');
    expect(frequencyText(1, 1, 64)).toBe('u 1, v 1: 1.4 cycles per image, period 45.3 px');
    expect(frequencyText(0, 1, 256)).toBe('u 0, v 1: 1 cycle per image, period 256 px');
  });

  it('has no period at the mean', () => {
    expect(frequencyText(0, 0, 64)).toBe('the mean');
    expect(periodOf(0, 0, 64)).toBeUndefined();
  });
});
