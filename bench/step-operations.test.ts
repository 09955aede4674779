import { describe, expect, it } from 'vitest';
import { stepOperations } from './step-operations.ts';

describe('stepOperations', () => {
  it('counts every convolution of the smallest model', () => {
    // Side 4, width 1/32: channels 8 at 2x2 (256 / 32), 4 at 4x4. Encoder: 3 -> 8 to 2x2 (3x3, 3x3, 1x1), 8 -> 8;
    // decoder: 8 -> 8 at 2x2; output 8 -> 3 at 4x4. Multiply-adds per pixel, then times the pixels:
    const first = 4 * (9 + 1) * 3 * 8; // reads the image: two directions
    const atTwo = 4 * 9 * 8 * 8; // the encoder's first block has one of these, both other blocks have two
    const output = 16 * 9 * 8 * 3;
    expect(stepOperations(4, 1, 1 / 32)).toBe(2 * (2 * first + 3 * (5 * atTwo + output)));
  });

  it('grows with the batch', () => {
    expect(stepOperations(64, 4, 1)).toBe(4 * stepOperations(64, 1, 1));
  });
});
