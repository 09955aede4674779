import { describe, expect, it } from 'vitest';
import { autoencoderLayers } from './architecture.ts';
import { trainingOperations } from './cost.ts';

describe('trainingOperations', () => {
  it('counts the smallest model by hand', () => {
    // Side 4, width 1: 4x4x3 -> block to 2x2x256 -> block 2x2x256; decoder block 2x2x256, x2, 3x3 convolution to 4x4x3.
    const block1 = 2 * 4 * (9 * 3 * 256 + 9 * 256 * 256 + 3 * 256);
    const block2 = 2 * 4 * (2 * 9 * 256 * 256);
    const output = 2 * 16 * (4 * 256 * 3);
    expect(trainingOperations(autoencoderLayers(4, 1))).toBe(3 * (block1 + 2 * block2 + output));
  });

  it('grows with the square of the width, except at the ends with three channels', () => {
    const whole = trainingOperations(autoencoderLayers(64, 1));
    const half = trainingOperations(autoencoderLayers(64, 0.5));
    expect(whole / half).toBeGreaterThan(3.8);
    expect(whole / half).toBeLessThan(4);
  });
});
